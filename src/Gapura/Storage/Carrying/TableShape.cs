using System.Data.Common;

namespace Gapura.Storage.Carrying;

/// <summary>What a column holds: the three kinds that both databases know.</summary>
internal enum ColumnKind
{
    Number,
    Text,
    Bytes,
}

internal sealed record Column(string Name, ColumnKind Kind);

/// <summary>A table as it is in one database: the columns of its key first, the others by name.</summary>
internal sealed class TableShape(CarriedTable table, IReadOnlyList<Column> columns)
{
    public string Name => table.Name;

    public IReadOnlyList<Column> Columns => columns;

    public int KeyLength => table.Key.Length;

    /// <summary>Quoted, with commas between them.</summary>
    public string ColumnList => string.Join(", ", columns.Select(c => $"\"{c.Name}\""));

    public static async Task<TableShape> Of(Database database, CarriedTable table, CancellationToken ct)
    {
        var found = await database.Read(async sql =>
        {
            await using var command = sql.Connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table.Name}\" WHERE 1 = 0";
            await using var reader = await command.ExecuteReaderAsync(ct);
            return Enumerable.Range(0, reader.FieldCount).Select(i => new Column(reader.GetName(i), Kind(table, reader, i))).ToList();
        }, ct);
        var key = table.Key.Select(k => found.Find(c => c.Name == k) ?? throw new CarryingException($"The table {table.Name} has no column {k}."));
        return new TableShape(table, [.. key, .. found.Where(c => !table.Key.Contains(c.Name)).OrderBy(c => c.Name, StringComparer.Ordinal)]);
    }

    /// <exception cref="CarryingException">The same table has other columns there.</exception>
    public void CheckSameAs(TableShape other)
    {
        if (!columns.SequenceEqual(other.Columns)) throw new CarryingException($"The table {Name} has other columns there than here: both must be of the same version.");
    }

    /// <summary>The row a reader stands on.</summary>
    /// <exception cref="CarryingException">A value is of another kind than its column: somebody wrote to the database beside us.</exception>
    public object?[] Row(DbDataReader reader)
    {
        var row = new object?[columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            var value = reader.GetValue(i);
            row[i] = (columns[i].Kind, value) switch
            {
                (_, DBNull) => null,
                (ColumnKind.Number, long) or (ColumnKind.Text, string) or (ColumnKind.Bytes, byte[]) => value,
                _ => throw new CarryingException($"{Named(row)}: {columns[i].Name} holds a {value.GetType().Name}, which is not of its kind."),
            };
        }

        return row;
    }

    /// <summary>A row for people: its table and key, never what is in it.</summary>
    public string Named(object?[] row) => $"{Name} {string.Join(' ', row.Take(KeyLength).Select(v => v is byte[] bytes ? Convert.ToHexStringLower(bytes) : v))}";

    private static ColumnKind Kind(CarriedTable table, DbDataReader reader, int column) => reader.GetDataTypeName(column).ToUpperInvariant() switch
    {
        "BIGINT" => ColumnKind.Number,
        "TEXT" => ColumnKind.Text,
        "BYTEA" => ColumnKind.Bytes,
        var other => throw new CarryingException($"{table.Name}.{reader.GetName(column)} is of the type {other}, which is none of ours."),
    };
}

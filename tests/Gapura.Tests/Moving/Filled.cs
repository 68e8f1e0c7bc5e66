using Gapura.Storage;
using Gapura.Storage.Carrying;

namespace Gapura.Tests.Moving;

/// <summary>An installation with rows in every table, whatever columns there are: texts in several scripts, bytes of every value, the largest numbers, nothing.</summary>
internal static class Filled
{
    // The last two are ordered one way by bytes of UTF-8 and the other way by UTF-16.
    private static readonly string[] Scripts = ["", "Gapura", "é ñ ß", "ꦒꦥꦸꦫ", "\u202E\u200F", "\uFFFD", "\U0001F600"];

    public static async Task Fill(Database source, int rows, CancellationToken ct)
    {
        foreach (var table in CarriedTables.All)
        {
            var shape = await TableShape.Of(source, table, ct);
            var parents = await Parents(source, table.Name, ct);
            var required = await source.Read(sql => sql.Rows<string>("SELECT name FROM pragma_table_info(@Name) WHERE \"notnull\" = 1 OR pk > 0", new { table.Name }), ct);
            await source.Write(async sql =>
            {
                for (var i = 1; i <= rows; i++)
                {
                    await using var insert = sql.Connection.CreateCommand();
                    insert.Transaction = sql.Transaction;
                    insert.CommandText = $"INSERT INTO \"{table.Name}\" ({shape.ColumnList}) VALUES ({string.Join(", ", shape.Columns.Select((_, c) => $"@v{c}"))})";
                    for (var c = 0; c < shape.Columns.Count; c++)
                    {
                        var column = shape.Columns[c];
                        var parameter = insert.CreateParameter();
                        var value = parents.TryGetValue(column.Name, out var parent) ? Text(parent.Table, parent.Column, i) : Value(table.Name, column, i);
                        (parameter.ParameterName, parameter.Value) = ($"@v{c}", i % 5 == 0 && !required.Contains(column.Name) ? DBNull.Value : value);
                        insert.Parameters.Add(parameter);
                    }

                    await insert.ExecuteNonQueryAsync(ct);
                }
            }, ct);
        }
    }

    private static async Task<Dictionary<string, (string Table, string Column)>> Parents(Database source, string table, CancellationToken ct)
    {
        var found = await source.Read(sql => sql.Rows<Parent>("SELECT \"from\" AS Child, \"table\" AS Owner, \"to\" AS Key FROM pragma_foreign_key_list(@table)", new { table }), ct);
        return found.ToDictionary(p => p.Child, p => (p.Owner, p.Key), StringComparer.Ordinal);
    }

    private static object Value(string table, Column column, int i) => column.Kind switch
    {
        ColumnKind.Number => i % 3 == 0 ? long.MaxValue - i : i % 3 == 1 ? i : -i,
        ColumnKind.Bytes => Enumerable.Range(0, 33).Select(b => (byte)((b * 7) + i + (i >> 8))).Append((byte)i).Append((byte)(i >> 8)).ToArray(),
        _ => Text(table, column.Name, i),
    };

    private static string Text(string table, string column, int i) => $"{Scripts[i % Scripts.Length]}{table}.{column}.{i}";

    private sealed class Parent
    {
        public string Child { get; init; } = "";

        public string Owner { get; init; } = "";

        public string Key { get; init; } = "";
    }
}

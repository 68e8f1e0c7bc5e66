using System.Data.Common;
using System.Text;

namespace Gapura.Storage.Carrying;

/// <summary>
/// The rows of a table one after another, in the order of their key, which is the same in both databases: numbers by
/// value, texts and bytes byte by byte. Never more than a row in memory.
/// </summary>
internal sealed class OrderedRows : IAsyncDisposable
{
    private readonly TableShape _shape;
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;

    private OrderedRows(TableShape shape, DbCommand command, DbDataReader reader) => (_shape, _command, _reader) = (shape, command, reader);

    /// <summary>Null before the first and after the last.</summary>
    public object?[]? Current { get; private set; }

    /// <param name="after">A key: only the rows beyond it. Null for all.</param>
    public static async Task<OrderedRows> Open(Database database, SqlSession sql, TableShape shape, object?[]? after, CancellationToken ct)
    {
        var key = Ordered(database, shape).ToList();
        var command = sql.Connection.CreateCommand();
        command.CommandText = $"SELECT {shape.ColumnList} FROM \"{shape.Name}\" {(after is null ? "" : $"WHERE {Beyond(key)}")} ORDER BY {string.Join(", ", key)}";

        // Sorting ten million rows takes a while before the first of them comes.
        if (database.IsShared) command.CommandTimeout = 0;
        for (var i = 0; after is not null && i < shape.KeyLength; i++) Add(command, $"k{i}", after[i]);
        return new OrderedRows(shape, command, await command.ExecuteReaderAsync(ct));
    }

    /// <summary>The last key of a table; null when it is empty.</summary>
    public static Task<object?[]?> LastKey(Database database, TableShape shape, CancellationToken ct) => database.Read(async sql =>
    {
        await using var command = sql.Connection.CreateCommand();
        command.CommandText = $"SELECT {shape.ColumnList} FROM \"{shape.Name}\" ORDER BY {string.Join(", ", Ordered(database, shape).Select(k => k + " DESC"))} LIMIT 1";
        if (database.IsShared) command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? shape.Row(reader)[..shape.KeyLength] : null;
    }, ct);

    public async ValueTask<bool> Next(CancellationToken ct)
    {
        Current = await _reader.ReadAsync(ct) ? _shape.Row(_reader) : null;
        return Current is not null;
    }

    /// <summary>Which of two keys comes first, as both databases order them: less than 0, 0, more than 0.</summary>
    public static int Compare(object?[] a, object?[] b, int keyLength)
    {
        for (var i = 0; i < keyLength; i++)
        {
            var order = (a[i], b[i]) switch
            {
                (long x, long y) => x.CompareTo(y),
                (byte[] x, byte[] y) => x.AsSpan().SequenceCompareTo(y),
                (string x, string y) => Ascii.IsValid(x) && Ascii.IsValid(y) ? string.CompareOrdinal(x, y) : Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)),
                _ => throw new CarryingException("A key holds nothing, which no key may."),
            };
            if (order != 0) return order;
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }

    // SQLite compares texts byte by byte unless told otherwise; PostgreSQL by the customs of some country.
    private static IEnumerable<string> Ordered(Database database, TableShape shape) =>
        shape.Columns.Take(shape.KeyLength).Select(c => database.IsShared && c.Kind == ColumnKind.Text ? $"\"{c.Name}\" COLLATE \"C\"" : $"\"{c.Name}\"");

    private static string Beyond(List<string> key) => $"({string.Join(", ", key)}) > ({string.Join(", ", key.Select((_, i) => $"@k{i}"))})";

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Gapura.Storage.Carrying;

/// <summary>Writes rows into a table as fast as its database takes them, within the transaction it was given.</summary>
internal static class RowWriter
{
    // For PostgreSQL to check and index what it was sent; on a slow disk longer than any statement of a server may take.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <param name="rows">Stands on the first row to write; stands afterwards on the first that was not written.</param>
    /// <returns>How many were written.</returns>
    public static async Task<int> Write(SqlSession sql, TableShape shape, OrderedRows rows, int most, CancellationToken ct)
    {
        var written = 0;
        if (await sql.Asked() is NpgsqlConnection postgres)
        {
            await using var import = await postgres.BeginBinaryImportAsync($"COPY \"{shape.Name}\" ({shape.ColumnList}) FROM STDIN (FORMAT BINARY)", ct);
            import.Timeout = Patience;
            for (; written < most && rows.Current is { } row; written++, await rows.Next(ct))
            {
                await import.StartRowAsync(ct);
                for (var i = 0; i < row.Length; i++) await Write(import, shape.Columns[i].Kind, row[i], ct);
            }

            await import.CompleteAsync(ct);
            return written;
        }

        await using var insert = Insert(sql, shape);
        for (; written < most && rows.Current is { } row; written++, await rows.Next(ct))
        {
            for (var i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            await insert.ExecuteNonQueryAsync(ct);
        }

        return written;
    }

    private static Task Write(NpgsqlBinaryImporter import, ColumnKind kind, object? value, CancellationToken ct) => value switch
    {
        null => import.WriteNullAsync(ct),
        long number when kind == ColumnKind.Number => import.WriteAsync(number, NpgsqlDbType.Bigint, ct),
        string text when kind == ColumnKind.Text => import.WriteAsync(text, NpgsqlDbType.Text, ct),
        byte[] bytes when kind == ColumnKind.Bytes => import.WriteAsync(bytes, NpgsqlDbType.Bytea, ct),
        _ => throw new CarryingException($"A {value.GetType().Name} is nothing a column of kind {kind} holds."),
    };

    private static DbCommand Insert(SqlSession sql, TableShape shape)
    {
        var insert = sql.Connection.CreateCommand();
        insert.Transaction = sql.Transaction;
        insert.CommandText = $"INSERT INTO \"{shape.Name}\" ({shape.ColumnList}) VALUES ({string.Join(", ", shape.Columns.Select((_, i) => $"@v{i}"))})";
        for (var i = 0; i < shape.Columns.Count; i++) insert.Parameters.Add(new SqliteParameter($"@v{i}", null));
        return insert;
    }
}

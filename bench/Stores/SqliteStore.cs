using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Gapura.Bench.Stores;

/// <summary>The embedded file, in a folder of its own.</summary>
internal sealed class SqliteStore : Store
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-bench-sqlite-");

    public override string Name => "SQLite";

    public override string Connection => Path.Combine(_folder.FullName, "gapura.db");

    public override string About => $"SQLite {Value<string>("SELECT sqlite_version()")}, journal {Value<string>("PRAGMA journal_mode")}, synchronous FULL in the server";

    public override string Hex128(long count) => $"printf('%016x', {long.MaxValue / count} * i) || lower(hex(randomblob(56)))";

    public override string Bytes32 => "randomblob(32)";

    public override string Series(long count) => $"WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {count})";

    public override string Id(char letter) => $"printf('{letter}%025d', i)";

    public override void Look() => Execute("ANALYZE");

    public override DbConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Connection, Pooling = false, DefaultTimeout = 60 }.ToString());
        connection.Open();
        return connection;
    }

    public override long Size()
    {
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return new FileInfo(Connection).Length;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using Gapura.Bench.Stores;
using Microsoft.Data.Sqlite;

namespace Gapura.Bench.Limits;

/// <summary>
/// The rows of one sign-in by phone in tables like the server's, thirty-two sign-ins to a commit with synchronous=FULL. The
/// least SQLite can do: prepared statements, one thread, nobody asks.
/// </summary>
internal static class CommitShares
{
    private const int PerCommit = 32;

    private const string Tables = """
        CREATE TABLE devices (id TEXT PRIMARY KEY, last_used_at BIGINT);
        CREATE TABLE ceremonies (key TEXT PRIMARY KEY, state TEXT, handle TEXT, grant_id TEXT, decided_at BIGINT, keep_until BIGINT);
        CREATE INDEX ceremonies_by_age ON ceremonies (keep_until);
        CREATE INDEX ceremonies_by_decision ON ceremonies (decided_at);
        CREATE TABLE grants (id TEXT PRIMARY KEY, account_id TEXT, device_id TEXT, granted_at BIGINT);
        CREATE INDEX grants_of_account ON grants (account_id);
        CREATE INDEX grants_of_device ON grants (device_id);
        CREATE TABLE audit (id TEXT PRIMARY KEY, at BIGINT, action TEXT, account_id TEXT, grant_id TEXT, seal BIGINT);
        CREATE INDEX audit_of_account ON audit (account_id, at);
        CREATE INDEX audit_unsealed ON audit (at) WHERE seal IS NULL;
        CREATE TABLE refresh_tokens (hash BYTEA PRIMARY KEY, grant_id TEXT, issued_at BIGINT, expires_at BIGINT);
        CREATE INDEX refresh_tokens_of_grant ON refresh_tokens (grant_id);
        CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);
        """;

    private static readonly string[] Rows =
    [
        "UPDATE devices SET last_used_at = @now WHERE id = @device",
        "INSERT INTO ceremonies VALUES (@key, 'Approved', @handle, @grant, @now, @now)",
        "INSERT INTO grants VALUES (@grant, @device, @device, @now)",
        "INSERT INTO audit VALUES (@grant, @now, 'sign_in.approved', @device, @grant, NULL)",
        "INSERT INTO refresh_tokens VALUES (@hash, @grant, @now, @now)",
    ];

    public static Cost Measure(int count)
    {
        var store = new SqliteStore();
        try
        {
            using var connection = (SqliteConnection)store.Open();
            Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;" + Tables);
            Run(connection, $"{store.Series(5000)} INSERT INTO devices SELECT {store.Id('d')}, 0 FROM s");
            using var command = connection.CreateCommand();
            command.CommandText = string.Join(';', Rows);
            foreach (var name in (string[])["@now", "@device", "@key", "@handle", "@grant", "@hash"]) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            Commit(connection, command, 0, count / 10);
            var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            for (var i = 0; i < count; i += PerCommit) Commit(connection, command, count + i, PerCommit);
            return new Cost((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count, Stopwatch.GetElapsedTime(clock).TotalMicroseconds / count);
        }
        finally
        {
            store.DisposeAsync().AsTask().Wait();
        }
    }

    private static void Commit(SqliteConnection connection, SqliteCommand command, int first, int count)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        command.Transaction = transaction;
        for (var i = first; i < first + count; i++)
        {
            object[] values = [1_700_000_000_000L + i, $"d{i % 5000 + 1:D25}", $"qr:bench:{RandomNumberGenerator.GetHexString(16)}", new string('h', 70), $"g{i:D25}", RandomNumberGenerator.GetBytes(32)];
            for (var p = 0; p < values.Length; p++) command.Parameters[p].Value = values[p];
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using System.Data.Common;
using Npgsql;

namespace Gapura.Storage;

/// <summary>The shared database of several nodes. Works that ask nothing share a transaction, every other one has its own.</summary>
/// <param name="connection">As the operator wrote it: <see cref="PostgresConnection"/>.</param>
/// <param name="bounded">Whether a call that is not answered ends after <see cref="Patience"/>.</param>
internal sealed class PostgresDatabase(string connection, bool bounded) : Database
{
    /// <summary>Longer than any of our transactions takes with 200 ms to the database and back; recovery begins when it is over.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // Any constant will do, as long as every version of the server takes the same.
    private const long LockNumber = 0x6761_7075_7261;
    private readonly string _text = PostgresConnection.Text(connection, bounded);
    private PostgresPool _pool = new(PostgresConnection.Text(connection, bounded), bounded ? Patience : Timeout.InfiniteTimeSpan);

    public override string Name => "PostgreSQL";

    public override bool IsShared => true;

    public override string? MigrationLock => $"SELECT pg_advisory_xact_lock({LockNumber})";

    public override string? MigrationPatience => "SET LOCAL lock_timeout = '2s'";

    public override string VersionQuery => "SHOW server_version";

    public override string? ClockQuery => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    public override string Place
    {
        get
        {
            var text = new NpgsqlConnectionStringBuilder(_text);
            return $"{text.Database} at {(text.Host!.Contains(',', StringComparison.Ordinal) ? text.Host : $"{text.Host}:{text.Port}")}";
        }
    }

    public override string Mend(DbException e) => e is PostgresException
        ? "Check the user, the password and the database that --database names."
        : "Check that it is running there, and that --database names it rightly.";

    public static bool Understands(string connection) =>
        connection.StartsWith("postgres://", StringComparison.Ordinal)
        || connection.StartsWith("postgresql://", StringComparison.Ordinal)
        || connection.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        || connection.Contains("Server=", StringComparison.OrdinalIgnoreCase);

    /// <summary>A connection beside the pool, for what waits or must not wait: the news between nodes.</summary>
    public NpgsqlDataSource Aside() => NpgsqlDataSource.Create(PostgresConnection.Aside(_text));

    protected override Task<T> RunRead<T>(Func<SqlSession, Task<T>> work, CancellationToken ct) => InTime(pool => pool.Read(work, ct));

    protected override Task<T> RunWrite<T>(Func<SqlSession, Task<T>> work, CancellationToken ct) => InTime(pool => pool.Write(work, ct));

    protected override bool IsTrouble(Exception e) => e is TimeoutException || e is NpgsqlException fault && PostgresTrouble.Passes(fault);

    public override ValueTask DisposeAsync() => _pool.DisposeAsync();

    // The client's own time-outs are not enough: on a socket that swallows everything some of them never fire. Nothing is
    // cancelled at the server either: a COMMIT that waits for its standby would say "done" to that, and it is not.
    private async Task<T> InTime<T>(Func<PostgresPool, Task<T>> call)
    {
        var pool = Volatile.Read(ref _pool);
        if (!bounded) return await call(pool);
        var began = Environment.TickCount64;
        try
        {
            var result = await call(pool).WaitAsync(Patience);
            pool.AnsweredAt = Environment.TickCount64;
            return result;
        }
        catch (TimeoutException)
        {
            if (pool.AnsweredAt < began) Abandon(pool);
            throw;
        }
    }

    // Nobody was answered since: each connection hangs and keeps its place in the pool, so the pool is left behind, whole.
    private void Abandon(PostgresPool silent)
    {
        // Hundreds may find so at once: one makes the new pool.
        if (Volatile.Read(ref _pool) != silent || Interlocked.CompareExchange(ref _pool, new PostgresPool(_text, Patience), silent) != silent) return;

        // Others may have taken it a moment ago: it is closed when their time is over, too.
        _ = Task.Delay(Patience + Patience).ContinueWith(_ => silent.DisposeAsync().AsTask(), TaskScheduler.Default);
    }
}

using Npgsql;

namespace Gapura.Storage;

/// <summary>Connections to PostgreSQL, and who may have how many of them.</summary>
internal sealed class PostgresPool : IAsyncDisposable
{
    // What is kept fresh is looked at even while every write waits, for a standby that went away for example.
    private const int KeptForReads = 4;

    // Shorter than the patience of those who wait: nothing is begun for somebody who has been told "no".
    private static readonly TimeSpan Queueing = TimeSpan.FromSeconds(2);
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _writes;

    public PostgresPool(string text)
    {
        _source = NpgsqlDataSource.Create(text);
        _writes = new(Math.Max(1, new NpgsqlConnectionStringBuilder(text).MaxPoolSize - KeptForReads));
    }

    /// <summary>When a call was last answered, in milliseconds since the machine started.</summary>
    public long AnsweredAt { get; set; }

    public async Task<T> Read<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        // A connection that lies ready is handed out without a look at the token.
        ct.ThrowIfCancellationRequested();
        await using var open = await _source.OpenConnectionAsync(ct);
        return await work(new SqlSession(open, null));
    }

    public async Task<T> Write<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        if (!await _writes.WaitAsync(Queueing, ct)) throw new TimeoutException("All connections are writing.");
        try
        {
            await using var open = await _source.OpenConnectionAsync(ct);
            await using var transaction = await open.BeginTransactionAsync(CancellationToken.None);
            var session = new SqlSession(open, transaction);
            var result = await work(session);
            await session.Commit();
            return result;
        }
        finally
        {
            _writes.Release();
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}

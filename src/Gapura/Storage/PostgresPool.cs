using Npgsql;

namespace Gapura.Storage;

/// <summary>Connections to PostgreSQL, and who may have how many of them.</summary>
internal sealed class PostgresPool : IAsyncDisposable
{
    // What is kept fresh is looked at even while every write waits, for a standby that went away for example.
    private const int KeptForReads = 4;

    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _places;
    private readonly SharedCommits _shared;
    private readonly TimeSpan _patience;
    private readonly Lock _door = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;
    private int _underWay;

    /// <param name="patience">After which whatever is not answered is left behind.</param>
    public PostgresPool(string text, TimeSpan patience)
    {
        _patience = patience;
        _source = NpgsqlDataSource.Create(text);
        _places = new(Math.Max(1, new NpgsqlConnectionStringBuilder(text).MaxPoolSize - KeptForReads));
        _shared = new(() => new PostgresTurn(_source, _places, CancellationToken.None), patience);
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
        ct.ThrowIfCancellationRequested();
        Enter();
        try
        {
            await using var turn = new PostgresTurn(_source, _places, ct);
            var session = new SqlSession(turn.Begin);
            var result = await work(session);
            if (session.Unasked is null) await session.Commit();
            else await _shared.Commit(session);
            return result;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Carries through what was begun, as far as it is answered.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_door)
        {
            _isClosed = true;
            if (_underWay == 0) _over.TrySetResult();
        }

        await Task.WhenAny(_over.Task, Task.Delay(_patience));
        await _source.DisposeAsync();
    }

    private void Enter()
    {
        lock (_door)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _underWay++;
        }
    }

    private void Leave()
    {
        lock (_door)
        {
            _underWay--;
            if (_isClosed && _underWay == 0) _over.TrySetResult();
        }
    }
}

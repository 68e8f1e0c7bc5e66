using System.Data.Common;
using Gapura.Storage;

namespace Gapura.Tests.Hosting;

/// <summary>A database that a test can make fall silent or fail.</summary>
/// <param name="isShared">A file may say that it is, as PostgreSQL does; null for the truth.</param>
internal sealed class InterruptedDatabase(Database whole, bool? isShared = null) : Database
{
    private TaskCompletionSource? _silence;

    public override string Name => whole.Name;

    public override bool IsShared => isShared ?? whole.IsShared;

    public override string? MigrationLock => whole.MigrationLock;

    public override string VersionQuery => whole.VersionQuery;

    public override string Place => whole.Place;

    public override string Mend(DbException e) => whole.Mend(e);

    /// <summary>From now on nobody is answered.</summary>
    public void FallSilent() => _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everybody is told that it is away, those too who have been waiting.</summary>
    public void Fail()
    {
        var waiting = _silence;
        _silence = new();
        _silence.SetException(new DatabaseUnavailableException("It is away."));
        waiting?.TrySetException(new DatabaseUnavailableException("It is away."));
    }

    /// <summary>Everybody is answered again, those too who have been waiting.</summary>
    public void Answer()
    {
        var waiting = _silence;
        _silence = null;
        waiting?.TrySetResult();
    }

    public override ValueTask DisposeAsync() => whole.DisposeAsync();

    protected override async Task<T> RunRead<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        if (_silence is { } silence) await silence.Task.WaitAsync(ct);
        return await whole.Read(work, ct);
    }

    protected override async Task<T> RunWrite<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        if (_silence is { } silence) await silence.Task.WaitAsync(ct);
        return await whole.Write(work, ct);
    }

    protected override bool IsTrouble(Exception e) => false;
}

using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Gapura.Storage;

/// <summary>
/// Group commit: callers queue their work, one task runs what is waiting in one transaction, and each caller is
/// answered after the commit that holds its work. A commit with FULL costs far more than a row.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostPerCommit = 128;

    // https://sqlite.org/rescode.html: what was asked breaks a rule of the table; the connection is as good as before.
    private const int Constraint = 19;
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly Func<SqliteConnection> _open;
    private readonly Task _loop;

    public SqliteWriter(Func<SqliteConnection> open)
    {
        _open = open;
        _loop = Task.Run(Loop);
    }

    public async Task<T> Write<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        T result = default!;
        var pending = new Pending(async sql => result = await work(sql));
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(pending), this);
        await pending.Answered.Task;
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task Loop()
    {
        SqliteConnection? connection = null;
        var batch = new List<Pending>(MostPerCommit);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostPerCommit && _queue.Reader.TryRead(out var pending)) batch.Add(pending);
            try
            {
                connection ??= _open();
                await Commit(connection, batch);
                if (!batch.TrueForAll(IsInnocent)) connection = Discard(connection);
            }
#pragma warning disable CA1031 // The fault belongs to the callers of this batch; the writer lives on for the next.
            catch (Exception e)
            {
                foreach (var pending in batch) pending.Fail(e);
                connection = Discard(connection);
            }
#pragma warning restore CA1031
            foreach (var pending in batch) pending.Answer();
            batch.Clear();
        }

        Discard(connection);
    }

    // A connection that was opened while nothing could be written stays so, whatever becomes of the disk.
    private static bool IsInnocent(Pending pending) => pending.Fault is not SqliteException { SqliteErrorCode: not Constraint };

    private static SqliteConnection? Discard(SqliteConnection? connection)
    {
        if (connection is not null) SqliteDatabase.Close(connection);
        return null;
    }

    private static async Task Commit(SqliteConnection connection, List<Pending> batch)
    {
        await using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var pending in batch)
        {
            pending.Session = new SqlSession(connection, transaction);
            transaction.Save("one");
            try
            {
                await pending.Work(pending.Session);
                transaction.Release("one");
            }
#pragma warning disable CA1031 // One caller's fault must not undo the others' work; the caller is told below.
            catch (Exception e)
            {
                pending.Fail(e);

                // On a full or a broken disk SQLite undoes everybody's work at once: all of them hear of the true cause.
                if (!TryUndo(transaction)) throw;
            }
#pragma warning restore CA1031
        }

        await transaction.CommitAsync();
        foreach (var pending in batch.Where(p => p.Fault is null))
        {
            try
            {
                pending.Session!.Committed();
            }
#pragma warning disable CA1031 // Everybody's work is durable by now; only the caller who asked for this hears of its fault.
            catch (Exception e)
            {
                pending.Fail(e);
            }
#pragma warning restore CA1031
        }
    }

    private static bool TryUndo(SqliteTransaction transaction)
    {
        try
        {
            transaction.Rollback("one");
            transaction.Release("one");
            return true;
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            return false;
        }
    }

    private sealed class Pending(Func<SqlSession, Task> work)
    {
        public Func<SqlSession, Task> Work { get; } = work;

        public SqlSession? Session { get; set; }

        public Exception? Fault { get; private set; }

        // Continuations must not run on the writer: a slow caller would hold up everybody's commit.
        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception fault) => Fault ??= fault;

        public void Answer()
        {
            if (Fault is null) Answered.SetResult();
            else Answered.SetException(Fault);
        }
    }
}

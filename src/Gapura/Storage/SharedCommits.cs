using System.Collections.Concurrent;
using Npgsql;

namespace Gapura.Storage;

/// <summary>
/// Group commit on PostgreSQL, for works that have asked nothing and are a list of statements: whoever comes while a
/// transaction is under way goes with the next one, in two messages for all of them. Whatever goes wrong among them, each
/// is then tried by itself, so that nobody suffers for another.
/// </summary>
internal sealed class SharedCommits(Func<PostgresTurn> turn, TimeSpan patience)
{
    private const int MostPerCommit = 64;

    // One is prepared while another waits for the disk. More of them would only be smaller.
    private const int MostAtOnce = 2;

    // Two transactions of many may still want each other's rows: they part at once, and each work waits by itself.
    private const string Impatient = "SET LOCAL lock_timeout = '100ms'";

    private readonly ConcurrentQueue<Pending> _waiting = new();
    private readonly Lock _turns = new();
    private int _underWay;

    /// <returns>When the commit that holds it is durable.</returns>
    public Task Commit(SqlSession work)
    {
        var pending = new Pending(work);
        if (work.Unasked!.Count == 0)
        {
            pending.Committed();
        }
        else
        {
            _waiting.Enqueue(pending);
            Start();
        }

        return pending.Answered.Task;
    }

    private void Start()
    {
        lock (_turns)
        {
            if (_underWay == MostAtOnce) return;
            _underWay++;
        }

        _ = Drain();
    }

    private async Task Drain()
    {
        while (Next() is { Count: > 0 } batch) await Run(batch);
        lock (_turns) _underWay--;

        // Whoever came between the last look and the line before was not started for.
        if (!_waiting.IsEmpty) Start();
    }

    private List<Pending> Next()
    {
        var batch = new List<Pending>();
        while (batch.Count < MostPerCommit && _waiting.TryDequeue(out var pending)) batch.Add(pending);

        // In every transaction of every node in the same order: then one waits for the other, and not each for each.
        batch.Sort((a, b) => string.CompareOrdinal(a.Row, b.Row));
        return batch;
    }

    private async Task Run(List<Pending> batch)
    {
        try
        {
            if (await TryTogether(batch).WaitAsync(patience)) return;
        }
#pragma warning disable CA1031 // Whether they are done is not known: each of them hears so, and the next ones are others.
        catch (Exception e)
        {
            batch.ForEach(p => p.Fail(e));
            return;
        }
#pragma warning restore CA1031

        // Each waits by itself for whatever it must, and in nobody's way.
        batch.ForEach(p => _ = Alone(p));
    }

    /// <returns>False when one of them cannot be done: nothing of any of them stands.</returns>
    private async Task<bool> TryTogether(List<Pending> batch)
    {
        await using var own = turn();
        var transaction = await own.Begin();
        await using var message = transaction.Connection!.CreateBatch();
        message.Transaction = transaction;
        SqlArguments.Add(message, Impatient, null);
        SqlStatement[] statements = [.. batch.SelectMany(p => p.Work.Unasked!)];
        foreach (var statement in statements) SqlArguments.Add(message, statement.Sql, statement.Args);

        // What must change a row is looked at before anything stands. When it is all there is and changes none, nothing stands.
        var last = statements.Length == 1 || statements.All(s => s.Otherwise is null) ? SqlArguments.Add(message, "COMMIT", null) : null;
        try
        {
            await message.ExecuteNonQueryAsync();
        }
        catch (PostgresException e) when (last is null || e.BatchCommand != last)
        {
            return false;
        }

        if (statements.Index().Any(s => s.Item.Otherwise is not null && message.BatchCommands[s.Index + 1].RecordsAffected != 1)) return false;
        if (last is null) await transaction.CommitAsync();
        batch.ForEach(p => p.Committed());
        return true;
    }

    private static async Task Alone(Pending pending)
    {
        try
        {
            await pending.Work.Commit();
            pending.Answered.TrySetResult();
        }
#pragma warning disable CA1031 // The caller is told.
        catch (Exception e)
        {
            pending.Fail(e);
        }
#pragma warning restore CA1031
    }

    private sealed class Pending(SqlSession work)
    {
        public SqlSession Work { get; } = work;

        /// <summary>Which row it wants first.</summary>
        public string Row { get; } = work.Unasked is [var first, ..] ? SqlArguments.First(first.Args) : "";

        // Continuations must not run here: a slow caller would hold up everybody's commit.
        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Committed()
        {
            try
            {
                Work.Committed();
                Answered.TrySetResult();
            }
#pragma warning disable CA1031 // It is durable by now; only the caller who asked for more hears of its fault.
            catch (Exception e)
            {
                Fail(e);
            }
#pragma warning restore CA1031
        }

        public void Fail(Exception fault) => Answered.TrySetException(fault);
    }
}

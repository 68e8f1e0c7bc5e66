using System.Data.Common;

namespace Gapura.Storage;

/// <summary>
/// Statements that nobody waits for one by one: they reach the database in one message, in their order, before the next
/// question or together with the commit. Over a network each message costs both sides more than a row does.
/// </summary>
internal sealed class SqlQueue
{
    private readonly List<SqlStatement> _waiting = [];
    private bool _hasBegun;

    public IReadOnlyList<SqlStatement> Waiting => _waiting;

    public bool IsEmpty => _waiting.Count == 0;

    /// <param name="otherwise">As <see cref="SqlStatement.Otherwise"/>.</param>
    public void Add(string sql, object? args, Func<Exception>? otherwise) => _waiting.Add(new(sql, args, otherwise));

    /// <summary>Something is asked past the queue: sends what waits before it.</summary>
    public async Task Precede(DbTransaction transaction)
    {
        _hasBegun = true;
        if (!IsEmpty) await Run(transaction, last: null);
    }

    /// <summary>Sends what waits and this one after it, in one message.</summary>
    /// <returns>Rows this one affected.</returns>
    public async Task<int> Send(DbTransaction transaction, string sql, object? args)
    {
        Add(sql, args, otherwise: null);
        return await Run(transaction, last: null);
    }

    /// <summary>Sends what waits, and the commit.</summary>
    /// <returns>False when the commit is still to be said.</returns>
    public async Task<bool> SendWithCommit(DbTransaction transaction)
    {
        if (IsEmpty) return false;

        // What must change a row is looked at before anything stands. When it is all there is and changes none, nothing stands.
        if (_waiting.Exists(s => s.Otherwise is not null) && (_hasBegun || _waiting.Count > 1))
        {
            await Run(transaction, last: null);
            return false;
        }

        await Run(transaction, "COMMIT");
        return true;
    }

    private async Task<int> Run(DbTransaction transaction, string? last)
    {
        await using var batch = transaction.Connection!.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in _waiting) SqlArguments.Add(batch, statement.Sql, statement.Args);
        if (last is not null) SqlArguments.Add(batch, last, null);
        var sent = _waiting.ToArray();
        _waiting.Clear();
        _hasBegun = true;
        await batch.ExecuteNonQueryAsync();
        for (var i = 0; i < sent.Length; i++)
            if (sent[i].Otherwise is { } otherwise && batch.BatchCommands[i].RecordsAffected != 1) throw otherwise();
        return batch.BatchCommands[sent.Length - 1].RecordsAffected;
    }
}

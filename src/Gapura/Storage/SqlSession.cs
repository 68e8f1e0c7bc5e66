using System.Data.Common;
using Dapper;

namespace Gapura.Storage;

/// <summary>A connection lent for one piece of work, and the transaction it is part of, if any.</summary>
internal sealed class SqlSession(DbConnection connection, DbTransaction? transaction)
{
    // The embedded file is not asked over a network: there each statement runs at once.
    private readonly SqlQueue? _queue = transaction is not null && connection.CanCreateBatch ? new(connection, transaction) : null;
    private List<Action>? _afterCommit;

    /// <summary>For what goes beyond statements: a backup, rows by the million.</summary>
    public DbConnection Connection => connection;

    public DbTransaction? Transaction => transaction;

    /// <summary>Rows affected.</summary>
    public async Task<int> Execute(string sql, object? args = null)
    {
        if (_queue?.IsEmpty == false) return await _queue.Send(sql, args);
        await Preceded();
        return await connection.ExecuteAsync(sql, args, transaction);
    }

    /// <summary>A statement whose outcome nobody asks for: done before whatever follows, and with the commit at the latest.</summary>
    public Task Send(string sql, object? args = null)
    {
        if (_queue is null) return connection.ExecuteAsync(sql, args, transaction);
        _queue.Add(sql, args, otherwise: null);
        return Task.CompletedTask;
    }

    /// <summary>A statement that must change exactly one row, or all of the work is undone. Looked at before the commit at the latest.</summary>
    /// <param name="otherwise">What is thrown when it did not: from here, or from whatever follows in this work.</param>
    public async Task Require(string sql, object? args, Func<Exception> otherwise)
    {
        if (_queue is not null) _queue.Add(sql, args, otherwise);
        else if (await connection.ExecuteAsync(sql, args, transaction) != 1) throw otherwise();
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> Row<T>(string sql, object? args = null) where T : class
    {
        await Preceded();
        return await connection.QueryFirstOrDefaultAsync<T>(sql, args, transaction);
    }

    public async Task<IReadOnlyList<T>> Rows<T>(string sql, object? args = null)
    {
        await Preceded();
        return (await connection.QueryAsync<T>(sql, args, transaction)).AsList();
    }

    /// <summary>The first column of the first row; default when there is none.</summary>
    public async Task<T?> Value<T>(string sql, object? args = null)
    {
        await Preceded();
        return await connection.ExecuteScalarAsync<T>(sql, args, transaction);
    }

    /// <summary>Something that may only be known once the work can no longer be lost.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>Said by a provider whose transaction is this work alone.</summary>
    public async Task Commit()
    {
        if (_queue is null || !await _queue.SendWithCommit()) await transaction!.CommitAsync(CancellationToken.None);
        Committed();
    }

    /// <summary>Called by the provider when the commit is durable, before the writer hears of it.</summary>
    public void Committed() => _afterCommit?.ForEach(action => action());

    private Task Preceded() => _queue?.Precede() ?? Task.CompletedTask;
}

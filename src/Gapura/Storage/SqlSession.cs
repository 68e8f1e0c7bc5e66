using System.Data.Common;

namespace Gapura.Storage;

/// <summary>A connection lent for one piece of work, and the transaction it is part of, if any.</summary>
internal sealed class SqlSession
{
    private readonly Func<Task<DbTransaction>>? _begin;
    private readonly SqlQueue? _queue;
    private DbConnection? _connection;
    private DbTransaction? _transaction;
    private List<Action>? _afterCommit;

    /// <summary>Each statement runs at once: reads, and the embedded file, which is not asked over a network.</summary>
    public SqlSession(DbConnection connection, DbTransaction? transaction) => (_connection, _transaction) = (connection, transaction);

    /// <summary>Statements wait for a question or the end of the work; the transaction begins with the first message.</summary>
    public SqlSession(Func<Task<DbTransaction>> begin) => (_begin, _queue) = (begin, new SqlQueue());

    /// <summary>For what goes beyond statements: a backup, rows by the million. In a write it is there once <see cref="Asked"/>.</summary>
    public DbConnection Connection => _connection ?? throw new InvalidOperationException("No transaction has begun.");

    public DbTransaction? Transaction => _transaction;

    /// <summary>What is left when the work is over and has asked nothing: a list, which may share its transaction. Null when it has asked.</summary>
    public IReadOnlyList<SqlStatement>? Unasked => _transaction is null ? _queue!.Waiting : null;

    /// <summary>Rows affected.</summary>
    public async Task<int> Execute(string sql, object? args = null)
    {
        if (_queue?.IsEmpty == false) return await _queue.Send(await Begun(), sql, args);
        return await (await Asked()).Changed(sql, args, _transaction);
    }

    /// <summary>A statement whose outcome nobody asks for: done before whatever follows, and with the commit at the latest.</summary>
    public async Task Send(string sql, object? args = null)
    {
        if (_queue is null) await _connection!.Changed(sql, args, _transaction);
        else _queue.Add(sql, args, otherwise: null);
    }

    /// <summary>A statement that must change exactly one row, or all of the work is undone. Looked at before the commit at the latest.</summary>
    /// <param name="otherwise">What is thrown when it did not: from here, or from whatever follows in this work.</param>
    public async Task Require(string sql, object? args, Func<Exception> otherwise)
    {
        if (_queue is not null) _queue.Add(sql, args, otherwise);
        else if (await _connection!.Changed(sql, args, _transaction) != 1) throw otherwise();
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> Row<T>(string sql, object? args = null) where T : class => await (await Asked()).First<T>(sql, args, _transaction);

    public async Task<IReadOnlyList<T>> Rows<T>(string sql, object? args = null) => await (await Asked()).All<T>(sql, args, _transaction);

    /// <summary>The first column of the first row; default when there is none.</summary>
    public async Task<T?> Value<T>(string sql, object? args = null) => await (await Asked()).Single<T>(sql, args, _transaction);

    /// <summary>Something that may only be known once the work can no longer be lost.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>Said by a provider whose transaction is this work alone.</summary>
    public async Task Commit()
    {
        if (!await _queue!.SendWithCommit(await Begun())) await _transaction!.CommitAsync(CancellationToken.None);
        Committed();
    }

    /// <summary>Called by the provider when the commit is durable, before the writer hears of it.</summary>
    public void Committed() => _afterCommit?.ForEach(action => action());

    /// <summary>A connection on which everything said before has been done.</summary>
    public async ValueTask<DbConnection> Asked()
    {
        if (_queue is not null) await _queue.Precede(await Begun());
        return _connection!;
    }

    private async ValueTask<DbTransaction> Begun()
    {
        if (_transaction is not null) return _transaction;
        _transaction = await _begin!();
        _connection = _transaction.Connection;
        return _transaction;
    }
}

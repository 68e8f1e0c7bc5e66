using System.Data.Common;
using Dapper;

namespace Gapura.Storage;

/// <summary>A connection lent for one piece of work, and the transaction it is part of, if any.</summary>
internal sealed class SqlSession(DbConnection connection, DbTransaction? transaction)
{
    private List<Action>? _afterCommit;

    /// <summary>For what goes beyond statements: a backup, rows by the million.</summary>
    public DbConnection Connection => connection;

    public DbTransaction? Transaction => transaction;

    /// <summary>Rows affected.</summary>
    public Task<int> Execute(string sql, object? args = null) => connection.ExecuteAsync(sql, args, transaction);

    /// <summary>The first row, or null.</summary>
    public Task<T?> Row<T>(string sql, object? args = null) where T : class => connection.QueryFirstOrDefaultAsync<T>(sql, args, transaction);

    public async Task<IReadOnlyList<T>> Rows<T>(string sql, object? args = null) => (await connection.QueryAsync<T>(sql, args, transaction)).AsList();

    /// <summary>The first column of the first row; default when there is none.</summary>
    public Task<T?> Value<T>(string sql, object? args = null) => connection.ExecuteScalarAsync<T>(sql, args, transaction);

    /// <summary>Something that may only be known once the work can no longer be lost.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>Called by the provider when the commit is durable, before the writer hears of it.</summary>
    public void Committed() => _afterCommit?.ForEach(action => action());
}

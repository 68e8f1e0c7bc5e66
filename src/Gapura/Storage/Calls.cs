using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Gapura.Storage;

/// <summary>
/// One statement through Dapper. The embedded file's driver has done all of it when it returns, whatever it is called by:
/// asking it for a task would make tasks and state machines around nothing.
/// </summary>
internal static class Calls
{
    public static ValueTask<int> Changed(this DbConnection connection, string sql, object? args, DbTransaction? transaction) =>
        connection is SqliteConnection ? new(connection.Execute(sql, args, transaction)) : new(connection.ExecuteAsync(sql, args, transaction));

    public static ValueTask<T?> First<T>(this DbConnection connection, string sql, object? args, DbTransaction? transaction) where T : class =>
        connection is SqliteConnection ? new(connection.QueryFirstOrDefault<T>(sql, args, transaction)) : new(connection.QueryFirstOrDefaultAsync<T>(sql, args, transaction));

    public static async ValueTask<IReadOnlyList<T>> All<T>(this DbConnection connection, string sql, object? args, DbTransaction? transaction) =>
        (connection is SqliteConnection ? connection.Query<T>(sql, args, transaction) : await connection.QueryAsync<T>(sql, args, transaction)).AsList();

    public static ValueTask<T?> Single<T>(this DbConnection connection, string sql, object? args, DbTransaction? transaction) =>
        connection is SqliteConnection ? new(connection.ExecuteScalar<T>(sql, args, transaction)) : new(connection.ExecuteScalarAsync<T>(sql, args, transaction));
}

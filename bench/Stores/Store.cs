using System.Data.Common;

namespace Gapura.Bench.Stores;

/// <summary>A database that one measured server stands on, and that is looked into from outside.</summary>
internal abstract class Store : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>For <c>--database</c>.</summary>
    public abstract string Connection { get; }

    /// <summary>Processor seconds of the programs that keep it, beside the server itself.</summary>
    public virtual double Processor => 0;

    /// <summary>Its version and how durable it is, for the table's head.</summary>
    public abstract string About { get; }

    /// <summary>A query over the numbers from 1 to <paramref name="count"/>, as column i of table s.</summary>
    public abstract string Series(long count);

    /// <summary>SQL for the text of number i: a letter and 25 digits, in order.</summary>
    public abstract string Id(char letter);

    /// <summary>SQL for 128 hex digits that nobody has seen, in their order: a place in an index that is filled at random costs hours.</summary>
    public abstract string Hex128(long count);

    /// <summary>SQL for 32 bytes that nobody has seen.</summary>
    public abstract string Bytes32 { get; }

    /// <summary>Lets it look at what was put in past the server, as it does by itself after a while.</summary>
    public abstract void Look();

    public abstract DbConnection Open();

    /// <summary>Everything it takes on disk, its log left out; after what is in the log has been moved to its place.</summary>
    public abstract long Size();

    /// <summary>Query for each table's name and bytes, its indexes included; null where nobody counts.</summary>
    protected virtual string? TableSizes => null;

    /// <summary>Bytes of each table, its indexes included; none where nobody counts.</summary>
    public IReadOnlyDictionary<string, long> Tables()
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        if (TableSizes is null) return sizes;
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = TableSizes;
        using var reader = command.ExecuteReader();
        while (reader.Read()) sizes[reader.GetString(0)] = reader.GetInt64(1);
        return sizes;
    }

    /// <summary>Bytes written to the log since its beginning; null where nobody counts.</summary>
    public virtual long? LogBytes() => null;

    /// <summary>Transactions that wrote something, since its beginning; null where nobody counts.</summary>
    public virtual long? Commits() => null;

    public abstract ValueTask DisposeAsync();

    public int Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        return command.ExecuteNonQuery();
    }

    public T Value<T>(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Runs a statement once for each set of parameters, prepared, in one transaction.</summary>
    public void Each<T>(string sql, IEnumerable<T> items, Func<T, (string Name, object? Value)[]> parameters)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var item in items)
        {
            var values = parameters(item);
            if (command.Parameters.Count == 0)
            {
                foreach (var (name, _) in values)
                {
                    var parameter = command.CreateParameter();
                    parameter.ParameterName = name;
                    command.Parameters.Add(parameter);
                }
            }

            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}

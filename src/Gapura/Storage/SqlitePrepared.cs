using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Gapura.Storage;

/// <summary>
/// A connection that keeps its statements compiled. Ours are few and fixed, and compiling one costs SQLite more than
/// running it does; the driver compiles anew for each command.
/// </summary>
internal sealed class SqlitePrepared(string connectionString) : SqliteConnection(connectionString)
{
    // Statements with names of tables or columns put in are still fixed; this is for a mistake.
    private const int Most = 512;
    private readonly Dictionary<string, SqliteCommand> _kept = new(StringComparer.Ordinal);

    public override SqliteCommand CreateCommand() => new Command(this) { CommandTimeout = DefaultTimeout, Transaction = Transaction };

    protected override void Dispose(bool disposing)
    {
        foreach (var command in _kept.Values) command.Dispose();
        _kept.Clear();
        base.Dispose(disposing);
    }

    private SqliteCommand Rent(Command asked)
    {
        if (!_kept.Remove(asked.CommandText, out var command)) command = new SqliteCommand(asked.CommandText, this);
        command.CommandTimeout = asked.CommandTimeout;
        command.Transaction = asked.Transaction;
        Fill(command.Parameters, asked.Parameters);
        return command;
    }

    // The same text comes with the same names in the same order. Their full names are kept, too: the driver would look for
    // each with every prefix that SQLite knows.
    private static void Fill(SqliteParameterCollection kept, SqliteParameterCollection asked)
    {
        if (kept.Count != asked.Count) kept.Clear();
        for (var i = 0; i < asked.Count; i++)
        {
            var (name, value) = (asked[i].ParameterName, asked[i].Value);
            if (kept.Count == i) kept.Add(new SqliteParameter(Full(name), value));
            else if (kept[i].ParameterName.AsSpan(1).SequenceEqual(name.AsSpan().TrimStart('@'))) kept[i].Value = value;
            else kept[i] = new SqliteParameter(Full(name), value);
        }
    }

    private static string Full(string name) => name.StartsWith('@') ? name : "@" + name;

    private void Return(SqliteCommand command)
    {
        if (_kept.Count >= Most || !_kept.TryAdd(command.CommandText, command)) command.Dispose();
    }

    /// <summary>What a caller fills and disposes of; the statement it runs stays.</summary>
    private sealed class Command(SqlitePrepared connection) : SqliteCommand(null, connection)
    {
        private SqliteCommand? _rented;

        public override int ExecuteNonQuery()
        {
            var rows = Rented().ExecuteNonQuery();
            GiveBack();
            return rows;
        }

        public override object? ExecuteScalar()
        {
            var value = Rented().ExecuteScalar();
            GiveBack();
            return value;
        }

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Rented().ExecuteReader(behavior);

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

        // After its reader: whoever reads disposes of that first.
        protected override void Dispose(bool disposing)
        {
            if (disposing) GiveBack();
            base.Dispose(disposing);
        }

        // One that failed is not rented again: what its statement is left with is not known.
        private SqliteCommand Rented()
        {
            _rented?.Dispose();
            return _rented = connection.Rent(this);
        }

        private void GiveBack()
        {
            if (_rented is null) return;
            connection.Return(_rented);
            _rented = null;
        }
    }
}

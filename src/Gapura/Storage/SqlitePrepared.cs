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
        command.Parameters.Clear();
        foreach (SqliteParameter parameter in asked.Parameters) command.Parameters.Add(parameter);
        return command;
    }

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

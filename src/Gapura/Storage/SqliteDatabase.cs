using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Gapura.Storage;

/// <summary>The embedded file. One writer for the whole process, so that concurrent writes share a commit.</summary>
internal sealed class SqliteDatabase : Database
{
    // https://sqlite.org/rescode.html
    private const int NoPermission = 3, Busy = 5, Locked = 6, ReadOnly = 8, Broken = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    private readonly string _connectionString;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly SqliteWriter _writer;
    private readonly FileStream? _hold;
    private volatile bool _isOver;

    static SqliteDatabase() => SqliteLibrary.Prepare();

    /// <param name="alone">Whether no other process may have the file open meanwhile.</param>
    /// <exception cref="DatabaseUnavailableException">Another process is in the way.</exception>
    public SqliteDatabase(string path, bool alone = false)
    {
        Place = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
        _hold = alone ? SqliteHold.Alone(Place) : SqliteHold.Share(Place);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString();
        _writer = new SqliteWriter(OpenConnection);
    }

    public override string Name => "SQLite";

    public override bool IsShared => false;

    public override string? MigrationLock => null;

    public override string VersionQuery => "SELECT sqlite_version()";

    public override string Place { get; }

    public override string Mend(DbException e) => (e as SqliteException)?.SqliteErrorCode switch
    {
        CannotOpen when Directory.Exists(Place) => "That is a directory: name a file with --database.",
        CannotOpen or ReadOnly or NoPermission => "Check who owns the file and the directory it lies in, and that its disk is not mounted read-only.",
        NotADatabase or Corrupt => "Restore it from a backup, or name another file with --database.",
        Full => "Make room on the disk.",
        _ => "`gapura doctor` looks for the cause.",
    };

    protected override async Task<T> RunRead<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var connection = _idle.TryTake(out var idle) ? idle : OpenConnection();
        T result;
        try
        {
            result = await work(new SqlSession(connection, null));
        }
        catch (SqliteException)
        {
            // What is wrong may be with this connection: one opened while the disk could not be written stays as it was.
            Close(connection);
            throw;
        }
        catch
        {
            Keep(connection);
            throw;
        }

        Keep(connection);
        return result;
    }

    protected override Task<T> RunWrite<T>(Func<SqlSession, Task<T>> work, CancellationToken ct) => _writer.Write(work, ct);

    protected override bool IsTrouble(Exception e) =>
        e is SqliteException { SqliteErrorCode: NoPermission or Busy or Locked or ReadOnly or Broken or Corrupt or Full or CannotOpen or NotADatabase };

    public override async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _isOver = true;
        CloseIdle();
        if (_hold is not null) await _hold.DisposeAsync();
    }

    /// <summary>Closes a connection of which nothing more is hoped: what is wrong with it was said already.</summary>
    internal static void Close(SqliteConnection connection)
    {
        try
        {
            connection.Dispose();
        }
        catch (SqliteException)
        {
        }
    }

    // A read that ends while everything is closed brings its connection back too late for that.
    private void Keep(SqliteConnection connection)
    {
        _idle.Add(connection);
        if (_isOver) CloseIdle();
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection)) Close(connection);
    }

    private SqliteConnection OpenConnection()
    {
        var connection = new SqlitePrepared(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // FULL: what was acknowledged survives a power cut, not only a crash of this process.
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            Close(connection);
            throw;
        }
    }
}

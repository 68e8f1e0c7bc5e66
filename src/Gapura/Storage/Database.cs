using System.Data.Common;

namespace Gapura.Storage;

/// <summary>
/// The one door to what is kept. Two providers behind one SQL text: times are Unix milliseconds, ids are text, hashes
/// are bytes, and every statement must mean the same to SQLite and to PostgreSQL.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>Name for people and logs: <c>SQLite</c> or <c>PostgreSQL</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True when other processes may hold ceremonies of their own: what this node remembers is not all there is.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Statement that takes the lock under which migrations run; null where beginning the transaction is enough.</summary>
    public abstract string? MigrationLock { get; }

    /// <summary>Query for the version of what answers.</summary>
    public abstract string VersionQuery { get; }

    /// <summary>Where it lies, for people: no password in it.</summary>
    public abstract string Place { get; }

    /// <summary>What an operator does about a database that could not be opened. One sentence.</summary>
    public abstract string Mend(DbException e);

    /// <summary>Runs queries outside any transaction.</summary>
    public abstract Task<T> Read<T>(Func<SqlSession, Task<T>> work, CancellationToken ct);

    /// <summary>
    /// Runs the work in a transaction and returns after the commit that holds it is durable. An exception undoes the
    /// work and nobody else's. Once begun it is carried through even if the caller has gone.
    /// </summary>
    public abstract Task<T> Write<T>(Func<SqlSession, Task<T>> work, CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    public Task Write(Func<SqlSession, Task> work, CancellationToken ct) =>
        Write<object?>(async sql => { await work(sql); return null; }, ct);

    /// <summary>Whether the connection text names a database of this machine alone: the path of an SQLite file.</summary>
    public static bool IsFile(string connection) => !PostgresDatabase.Understands(connection);

    /// <summary>The provider that the connection text names, with its tables as they are.</summary>
    /// <exception cref="DatabaseUnavailableException">It names none that can be opened.</exception>
    public static Database At(string connection)
    {
        try
        {
            return IsFile(connection) ? new SqliteDatabase(connection) : new PostgresDatabase(connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException($"The setting Database names no database that can be opened: {e.Message.TrimEnd('.')}. Give --database the path of a file, or a text such as Host=db;Database=gapura;Username=gapura.", e);
        }
    }

    /// <summary>Opens the provider that the connection text names and brings its tables up to date.</summary>
    /// <param name="connection"><c>Host=…</c> or <c>postgres://…</c> for PostgreSQL, else the path of an SQLite file.</param>
    public static async Task<Database> Open(string connection, TimeProvider time, CancellationToken ct)
    {
        var database = At(connection);
        try
        {
            await Migrations.Apply(database, time, ct);
            return database;
        }
        catch (DbException e)
        {
            await database.DisposeAsync();
            throw new DatabaseUnavailableException($"The {database.Name} database cannot be opened: {database.Place}: {e.Message.TrimEnd('.')}. {database.Mend(e)}", e);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}

/// <summary>The database cannot be reached or used; the message says why and what mends it.</summary>
internal sealed class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

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

    /// <summary>Query for its clock, Unix milliseconds; null where nobody else has another one.</summary>
    public virtual string? ClockQuery => null;

    /// <summary>Runs queries outside any transaction.</summary>
    /// <exception cref="DatabaseUnavailableException">The database is away, full or broken, or did not answer in time.</exception>
    public async Task<T> Read<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await RunRead(work, ct);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Unavailable(e);
        }
    }

    /// <summary>
    /// Runs the work in a transaction and returns after the commit that holds it is durable. An exception undoes the
    /// work and nobody else's. Once begun it is carried through even if the caller has gone.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">As <see cref="Read"/>. Whether the work is done is not known.</exception>
    public async Task<T> Write<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await RunWrite(work, ct);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Unavailable(e);
        }
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>As <see cref="Read"/>, with the provider's own exceptions.</summary>
    protected abstract Task<T> RunRead<T>(Func<SqlSession, Task<T>> work, CancellationToken ct);

    /// <summary>As <see cref="Write"/>, with the provider's own exceptions.</summary>
    protected abstract Task<T> RunWrite<T>(Func<SqlSession, Task<T>> work, CancellationToken ct);

    /// <summary>Whether this is the database's own trouble, which passes or is mended there, and not a fault in what was asked.</summary>
    protected abstract bool IsTrouble(Exception e);

    private DatabaseUnavailableException Unavailable(Exception e) =>
        new($"The {Name} database cannot be used: {Place}: {e.Message.TrimEnd('.')}. {(e is DbException db ? Mend(db) : "`gapura doctor` looks for the cause.")}", e);

    public Task Write(Func<SqlSession, Task> work, CancellationToken ct) =>
        Write<object?>(async sql => { await work(sql); return null; }, ct);

    /// <summary>Whether the connection text names a database of this machine alone: the path of an SQLite file.</summary>
    public static bool IsFile(string connection) => !PostgresDatabase.Understands(connection);

    /// <summary>The provider that the connection text names, with its tables as they are.</summary>
    /// <param name="bounded">Nobody waits for ever: calls over a network that fell silent end after seconds. A server's way; a command may take its time.</param>
    /// <exception cref="DatabaseUnavailableException">It names none that can be opened.</exception>
    public static Database At(string connection, bool bounded = false)
    {
        try
        {
            return IsFile(connection) ? new SqliteDatabase(connection) : new PostgresDatabase(connection, bounded);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException($"The setting Database names no database that can be opened: {e.Message.TrimEnd('.')}. Give --database the path of a file, or a text such as Host=db;Database=gapura;Username=gapura.", e);
        }
    }

    /// <summary>Opens the provider that the connection text names and brings its tables up to date.</summary>
    /// <param name="connection"><c>Host=…</c> or <c>postgres://…</c> for PostgreSQL, else the path of an SQLite file.</param>
    /// <param name="bounded">As for <see cref="At"/>. Migrations always have the time they need.</param>
    public static async Task<Database> Open(string connection, TimeProvider time, CancellationToken ct, bool bounded = false)
    {
        var database = At(connection);
        try
        {
            await Migrations.Apply(database, time, ct);
            if (!bounded || IsFile(connection)) return database;
            await database.DisposeAsync();
            return At(connection, bounded);
        }
        catch (Exception e) when ((e as DbException ?? e.InnerException as DbException) is { } fault)
        {
            await database.DisposeAsync();
            throw new DatabaseUnavailableException($"The {database.Name} database cannot be opened: {database.Place}: {fault.Message.TrimEnd('.')}. {database.Mend(fault)}", fault);
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

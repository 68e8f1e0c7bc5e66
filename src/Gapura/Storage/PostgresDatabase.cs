using System.Data.Common;
using Npgsql;

namespace Gapura.Storage;

/// <summary>The shared database of several nodes. It groups commits by itself, so each write has its own transaction.</summary>
internal sealed class PostgresDatabase(string connection) : Database
{
    // Any constant will do, as long as every version of the server takes the same.
    private const long LockNumber = 0x6761_7075_7261;
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(ConnectionText(connection));

    public override string Name => "PostgreSQL";

    public override bool IsShared => true;

    public override string? MigrationLock => $"SELECT pg_advisory_xact_lock({LockNumber})";

    public override string VersionQuery => "SHOW server_version";

    public override string Place
    {
        get
        {
            var text = new NpgsqlConnectionStringBuilder(_source.ConnectionString);
            return $"{text.Database} at {text.Host}:{text.Port}";
        }
    }

    public override string Mend(DbException e) => e is PostgresException
        ? "Check the user, the password and the database that --database names."
        : "Check that it is running there, and that --database names it rightly.";

    public static bool Understands(string connection) =>
        connection.StartsWith("postgres://", StringComparison.Ordinal)
        || connection.StartsWith("postgresql://", StringComparison.Ordinal)
        || connection.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        || connection.Contains("Server=", StringComparison.OrdinalIgnoreCase);

    public override async Task<T> Read<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        // A connection that lies ready is handed out without a look at the token.
        ct.ThrowIfCancellationRequested();
        await using var open = await _source.OpenConnectionAsync(ct);
        return await work(new SqlSession(open, null));
    }

    public override async Task<T> Write<T>(Func<SqlSession, Task<T>> work, CancellationToken ct)
    {
        // A connection that lies ready is handed out without a look at the token.
        ct.ThrowIfCancellationRequested();
        await using var open = await _source.OpenConnectionAsync(ct);
        await using var transaction = await open.BeginTransactionAsync(CancellationToken.None);
        var session = new SqlSession(open, transaction);
        var result = await work(session);
        await transaction.CommitAsync(CancellationToken.None);
        session.Committed();
        return result;
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    // postgres://user:password@host:port/database?key=value, as operators know it from other programs.
    private static string ConnectionText(string connection)
    {
        if (!connection.Contains("://", StringComparison.Ordinal)) return WithBounds(new NpgsqlConnectionStringBuilder(connection));
        var uri = new Uri(connection);
        var user = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = uri.AbsolutePath.Trim('/'),
            Username = user[0],
            Password = user.ElementAtOrDefault(1),
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
            text[Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
        return WithBounds(text);
    }

    private static string WithBounds(NpgsqlConnectionStringBuilder text)
    {
        text.ApplicationName ??= "gapura";
        // Statements are few and fixed: preparing them once per connection saves the server a parse each time.
        if (text.MaxAutoPrepare == 0) text.MaxAutoPrepare = 64;
        text.AutoPrepareMinUsages = 2;
        return text.ToString();
    }
}

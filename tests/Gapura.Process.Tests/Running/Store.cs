using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Gapura.Process.Tests.Running;

public enum Kind
{
    Sqlite,
    Postgres,
}

/// <summary>Where an installation keeps its tables, and what can be seen of them from outside.</summary>
internal sealed class Store : IAsyncDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("GAPURA_TEST_POSTGRES");
    private readonly string _name = "gapura_process_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private Store(Kind kind) => Kind = kind;

    public Kind Kind { get; }

    /// <summary>Null for the usual one: the SQLite file in the data directory.</summary>
    public string? Connection => Kind == Kind.Sqlite ? null : new NpgsqlConnectionStringBuilder(Server) { Database = _name, Pooling = true }.ToString();

    public static Store File() => new(Kind.Sqlite);

    public static async Task<Store> Make(Kind kind)
    {
        if (kind == Kind.Postgres && string.IsNullOrEmpty(Server))
        {
            Assert.SkipUnless(Asked.Must, "GAPURA_TEST_POSTGRES names no server: export GAPURA_TEST_POSTGRES=\"$(tests/postgres.sh start)\"");
            Assert.Fail("GAPURA_TEST_POSTGRES names no server.");
        }

        var store = new Store(kind);
        if (kind == Kind.Postgres) await store.AtServer($"CREATE DATABASE {store._name}");
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        if (Kind == Kind.Postgres) await AtServer($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    /// <summary>Rows of every table.</summary>
    public async Task<SortedDictionary<string, long>> Rows(string data)
    {
        await using var connection = await Open(data);
        var names = await Column<string>(connection, Kind == Kind.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in names) rows[name] = (await Column<long>(connection, $"SELECT COUNT(*) FROM {name}"))[0];
        return rows;
    }

    /// <summary>Waits until the server has sealed what was written down while the installation was made: that is its own doing, and over within seconds.</summary>
    public async Task Quiet(string data)
    {
        await using var connection = await Open(data);
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while ((await Column<long>(connection, "SELECT COUNT(*) FROM audit WHERE seal IS NULL"))[0] > 0)
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(30)) throw new TimeoutException("The audit was not sealed.");
            await Task.Delay(100);
        }
    }

    /// <summary>Bytes on disk: the SQLite file with its log, or what PostgreSQL says of the database.</summary>
    public async Task<long> Size(string data)
    {
        if (Kind == Kind.Sqlite) return Directory.GetFiles(data, "gapura.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)).Sum(f => new FileInfo(f).Length);
        await using var connection = await Open(data);
        return (await Column<long>(connection, $"SELECT pg_database_size('{_name}')"))[0];
    }

    /// <summary>Process ids of PostgreSQL that serve the server under test.</summary>
    public async Task<List<int>> Backends()
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        return await Column<int>(connection, $"SELECT pid FROM pg_stat_activity WHERE datname = '{_name}' AND application_name = 'gapura'");
    }

    private async Task<DbConnection> Open(string data)
    {
        DbConnection connection = Kind == Kind.Sqlite
            ? new SqliteConnection($"Data Source={Path.Combine(data, "gapura.db")};Mode=ReadOnly;Pooling=False")
            : new NpgsqlConnection(Connection + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<T>> Column<T>(DbConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    private async Task AtServer(string statement)
    {
        await using var source = NpgsqlDataSource.Create(Server!);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}

using System.Security.Cryptography;
using Npgsql;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>Where a contract is run. It lives as long as its test class; every test gets an empty database of its own in it.</summary>
public abstract class Store : IAsyncLifetime
{
    /// <summary>Why no test can run here; null when they can.</summary>
    internal virtual string? WhyNot => null;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();

    /// <summary>Connection text of a database that holds nothing yet.</summary>
    internal abstract Task<string> Fresh();
}

/// <summary>Files in a folder that is removed with everything in it.</summary>
public sealed class SqliteStore : Store
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-tests-");
    private int _made;

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal override Task<string> Fresh() => Task.FromResult(Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _made)}.db"));
}

/// <summary>A database of its own on the server that <c>GAPURA_TEST_POSTGRES</c> names, and in it a schema for each test.</summary>
public sealed class PostgresStore : Store
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("GAPURA_TEST_POSTGRES");
    private readonly string _database = "gapura_test_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private NpgsqlDataSource? _source;
    private int _made;

    internal override string? WhyNot => string.IsNullOrEmpty(Server)
        ? "GAPURA_TEST_POSTGRES names no server: export GAPURA_TEST_POSTGRES=\"$(tests/postgres.sh start)\""
        : null;

    public override async ValueTask InitializeAsync()
    {
        if (WhyNot is not null) return;
        await Run($"CREATE DATABASE {_database}");
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server) { Database = _database });
    }

    public override async ValueTask DisposeAsync()
    {
        if (WhyNot is not null) return;
        if (_source is not null) await _source.DisposeAsync();
        await Run($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
    }

    internal override async Task<string> Fresh()
    {
        var schema = $"test_{Interlocked.Increment(ref _made)}";
        await using (var command = _source!.CreateCommand($"CREATE SCHEMA {schema}")) await command.ExecuteNonQueryAsync();

        // Fewer than a server of PostgreSQL's own settings allows, so that two classes at once do not starve.
        return new NpgsqlConnectionStringBuilder(Server) { Database = _database, SearchPath = schema, MaxPoolSize = 24 }.ToString();
    }

    private static async Task Run(string statement)
    {
        await using var source = NpgsqlDataSource.Create(Server!);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}

using Gapura.Storage;
using Gapura.Tests.Hosting;
using Gapura.Tests.Storage;
using Npgsql;
using Xunit;

namespace Gapura.Tests.Moving;

public sealed class PostgresRestoreTests(PostgresStore store) : IClassFixture<PostgresStore>, IDisposable
{
    private readonly Operator _operator = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task After_PostgreSQLs_own_tools_everybody_is_signed_out_while_no_node_runs()
    {
        Assert.SkipWhen(store.WhyNot is not null, store.WhyNot ?? "");
        var connection = await store.Fresh();
        string[] signOut = ["restore", "--after-pg-restore", "--database", connection];
        (await _operator.Run(signOut)).IsRefused("no installation");
        await _operator.Json("account", "add", "--username", "coba", "--name", "Coba", "--password", "kapal besar sekali", "--database", connection);
        await using (var database = Database.At(connection))
            await database.Write(sql => sql.Execute("INSERT INTO sessions (hash, account_id, signed_in_at, expires_at) SELECT '\\x01'::bytea, id, 1, 9000000000000 FROM accounts"), Ct);
        await using (var node = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "gapura", Pooling = false }.ToString()))
        await using (await node.OpenConnectionAsync(Ct))
            (await _operator.Run(signOut)).IsRefused("A server is running", "stop every node");

        // PostgreSQL needs a moment to see that the node has gone.
        Said said;
        do said = await _operator.Run([.. signOut, "--json"]);
        while (said.Error.Contains("A server is running", StringComparison.Ordinal));
        Assert.Equal((0, 1), (said.Code, said.Json.GetProperty("sessions").GetInt32()));
        Assert.Equal("installation.restored", (await _operator.Json("audit", "list", "--database", connection))[0].GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("restore", "--from", "x", "--after-pg-restore")]
    [InlineData("backup")]
    [InlineData("move")]
    [InlineData("move", "--to", "x", "--cancel")]
    public async Task What_is_missing_or_contradicts_itself_is_not_understood(params string[] args)
    {
        (await _operator.Run(args)).IsNotUnderstood("--help");
        Assert.False(Directory.Exists(_operator.Data));
    }

    [Fact]
    public async Task Each_way_of_restoring_is_for_its_own_database()
    {
        (await _operator.Run("restore", "--after-pg-restore")).IsRefused("--from DIR");
        (await _operator.Run("restore", "--from", "x", "--database", "Host=127.0.0.1;Port=1;Username=gapura;Database=gapura")).IsRefused("pg_restore", "--after-pg-restore");
        (await _operator.Run("move", "--to", "x")).IsRefused("no installation");
        Assert.False(Directory.Exists(_operator.Data));
    }

    [Fact]
    public async Task A_move_needs_the_master_key_and_another_kind_of_database()
    {
        await _operator.AddAccount();
        (await _operator.Run("move", "--to", Path.Combine(_operator.Data, "other.db"))).IsRefused("gapura backup");
        File.Delete(Path.Combine(_operator.Data, "master.key"));
        (await _operator.Run("move", "--to", "Host=127.0.0.1;Port=1;Username=gapura;Database=gapura")).IsRefused("master.key");
    }
}

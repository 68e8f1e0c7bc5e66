using System.Security.Cryptography;
using Gapura.Storage;
using Gapura.Storage.Carrying;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Moving;

/// <summary>An SQLite installation with rows in every table is carried to PostgreSQL, and back.</summary>
public sealed class MovingTests(SqliteStore files, PostgresStore server) : IClassFixture<SqliteStore>, IClassFixture<PostgresStore>, IAsyncLifetime
{
    private const int Rows = 60;
    private readonly FakeClock _clock = new();
    private readonly List<Database> _opened = [];
    private Database _source = null!;
    private Database _target = null!;
    private string _targetText = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.WhyNot is not null, server.WhyNot ?? "");
        _source = Opened(await files.Fresh());
        await Migrations.Apply(_source, _clock, Ct);
        await Filled.Fill(_source, Rows, Ct);
        _targetText = await server.Fresh();
        _target = Opened(_targetText);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened) await database.DisposeAsync();
    }

    [Fact]
    public async Task Every_row_of_every_table_is_there_and_the_old_one_is_closed()
    {
        var compared = await Carriage().Run(Ct);
        Assert.Equal(CarriedTables.All.Select(t => t.Name), compared.Select(t => t.Table));
        Assert.All(compared, t => Assert.True(t.Source >= Rows && t.Source == t.Target && t.Different == 0, $"{t}"));
        await Migrations.Apply(_target, _clock, Ct);
        await IsClosed(_source, "was moved to");
    }

    [Fact]
    public async Task PostgreSQL_is_told_how_large_the_large_tables_are_and_believes_of_none_that_it_is_empty()
    {
        await _source.Write(sql => sql.Execute("""
            INSERT INTO accounts (id, username, name, created_at)
            WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000) SELECT 'many' || i, 'many' || i, 'Banyak', 0 FROM s
            """), Ct);
        var large = (await Carriage().Run(Ct)).Where(t => t.Source >= 1_000).Select(t => t.Table).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("accounts", large);
        Assert.DoesNotContain("grants", large);
        Assert.Equal(large, await _target.Read(sql => sql.Rows<string>("SELECT relname::text COLLATE \"C\" FROM pg_stat_user_tables WHERE schemaname = current_schema() AND last_analyze IS NOT NULL ORDER BY 1"), Ct));
    }

    [Fact]
    public async Task There_and_back_again_nothing_has_changed()
    {
        await Carriage().Run(Ct);
        var back = Opened(await files.Fresh());
        await new Carriage(_target, back, _clock, Silent).Run(Ct);
        var comparison = new TableComparison(_source, back);
        foreach (var table in CarriedTables.All) Assert.Equal(0, (await comparison.Run(table, Ct)).Different);
        await IsClosed(_target, "was moved to");
        await Migrations.Apply(back, _clock, Ct);
    }

    [Theory]
    [InlineData("revisions")]
    [InlineData("grants")]
    [InlineData("audit_seals")]
    public async Task Broken_off_after_any_table_it_goes_on_where_it_was(string last)
    {
        await BreakOff(last);
        await IsClosed(_source, "is being moved to");
        await IsClosed(_target, "is being filled from");
        var again = new List<string>();
        await new Carriage(_source, _target, _clock, told =>
        {
            if (!told.IsCompared) again.Add(told.Table);
        }).Run(Ct);
        Assert.Equal(CarriedTables.All.SkipWhile(t => t.Name != last).Skip(1).Select(t => t.Name), again);
        await Migrations.Apply(_target, _clock, Ct);
    }

    [Fact]
    public async Task Broken_off_in_the_middle_of_a_table_it_goes_on_behind_the_last_row()
    {
        var move = await Carriage().Begin(Ct);
        var platforms = CarriedTables.All.First(t => t.Name == "platforms");
        await new TableCopy(_source, _target, Silent).Run(platforms, Ct);
        await _target.Write(sql => sql.Execute("DELETE FROM platforms WHERE client_id COLLATE \"C\" > (SELECT client_id FROM platforms ORDER BY client_id COLLATE \"C\" OFFSET 20 LIMIT 1) COLLATE \"C\""), Ct);
        Assert.Equal(Rows + 1 - 21, await new TableCopy(_source, _target, Silent).Run(platforms, Ct));
        Assert.Equal(move, await Carriage().Begin(Ct));
        await Carriage().Run(Ct);
    }

    [Theory]
    [InlineData("UPDATE accounts SET name = name || '!' WHERE id = (SELECT MIN(id) FROM accounts)", "has another name")]
    [InlineData("UPDATE refresh_tokens SET spent_at = NULL WHERE hash = (SELECT MIN(hash::text)::bytea FROM refresh_tokens WHERE spent_at IS NOT NULL)", "has another spent_at")]
    [InlineData("DELETE FROM throttles WHERE key = (SELECT MIN(key) FROM throttles)", "is missing there")]
    [InlineData("INSERT INTO revisions (topic, revision) VALUES ('more', 1)", "is there and not here")]
    [InlineData("UPDATE sealed_keys SET sealed = sealed || '\\x00'::bytea WHERE number = (SELECT MIN(number) FROM sealed_keys)", "has another sealed")]
    public async Task A_row_that_was_altered_between_copy_and_comparison_is_found(string statement, string finding)
    {
        var carriage = Carriage();
        await carriage.Begin(Ct);
        await carriage.Copy(Ct);
        await _target.Write(sql => sql.Execute(statement), Ct);
        var e = await Assert.ThrowsAsync<CarryingException>(() => carriage.Run(Ct));
        Assert.Contains(finding, e.Message, StringComparison.Ordinal);
        Assert.Contains("1 rows", e.Message, StringComparison.Ordinal);
        await IsClosed(_target, "is being filled from");
    }

    [Fact]
    public async Task Struck_between_the_last_two_steps_the_new_one_is_opened_by_the_next_run()
    {
        var carriage = Carriage();
        var move = await carriage.Begin(Ct);
        await carriage.Copy(Ct);
        await _source.Write(new Fence(FenceKind.Left, move, _target.Place, _clock.GetUtcNow()).Put, Ct);
        await Carriage().Run(Ct);
        await Migrations.Apply(_target, _clock, Ct);
        await IsClosed(_source, "was moved to");
    }

    [Fact]
    public async Task Taken_back_the_old_one_is_open_and_the_half_of_the_new_one_is_not_gone_on_with()
    {
        await BreakOff("revisions");
        await Cancel();
        await Migrations.Apply(_source, _clock, Ct);
        Assert.Contains("another move", (await Assert.ThrowsAsync<CarryingException>(() => Carriage().Run(Ct))).Message, StringComparison.Ordinal);
        await Migrations.Apply(_source, _clock, Ct);
        Assert.Contains("No move", (await Assert.ThrowsAsync<CarryingException>(() => Cancel())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_moved_cannot_be_taken_back_or_moved_again()
    {
        await Carriage().Run(Ct);
        Assert.Contains("was moved to", (await Assert.ThrowsAsync<CarryingException>(() => Cancel())).Message, StringComparison.Ordinal);
        var another = Opened(await server.Fresh());
        Assert.Contains("was moved to", (await Assert.ThrowsAsync<CarryingException>(() => new Carriage(_source, another, _clock, Silent).Run(Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_holds_an_installation_is_left_alone()
    {
        await Migrations.Apply(_target, _clock, Ct);
        await _target.Write(sql => sql.Execute("INSERT INTO revisions (topic, revision) VALUES ('platforms', 7)"), Ct);
        await IsRefused("an installation of its own");
    }

    [Fact]
    public async Task A_database_that_holds_something_else_is_left_alone()
    {
        await _target.Write(sql => sql.Execute("CREATE TABLE orders (id BIGINT)"), Ct);
        await IsRefused("orders");
        Assert.Equal(["orders"], (await DatabaseState.Of(_target, Ct)).Tables);
    }

    [Fact]
    public async Task An_empty_installation_may_be_moved_to()
    {
        await Migrations.Apply(_target, _clock, Ct);
        await Carriage().Run(Ct);
    }

    [Fact]
    public async Task From_PostgreSQL_nothing_is_carried_while_a_node_is_there()
    {
        await Carriage().Run(Ct);
        await Migrations.Apply(_target, _clock, Ct);
        var back = Opened(await files.Fresh());
        await using (var node = Opened(_targetText))
        {
            await node.Read(sql => sql.Value<long>("SELECT 1"), Ct);
            Assert.Contains("A server is running", (await Assert.ThrowsAsync<CarryingException>(() => new Carriage(_target, back, _clock, Silent).Run(Ct))).Message, StringComparison.Ordinal);
            await Migrations.Apply(_target, _clock, Ct);
        }
    }

    [Fact]
    public async Task A_text_that_PostgreSQL_cannot_hold_is_named_by_its_table()
    {
        await _source.Write(sql => sql.Execute("UPDATE audit SET details = @details WHERE id = (SELECT MIN(id) FROM audit)", new { details = "nothing\0ness" }), Ct);
        Assert.Contains("did not take audit", (await Assert.ThrowsAsync<CarryingException>(() => Carriage().Run(Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_more_rows_than_a_transaction_takes_arrive_in_order()
    {
        await _source.Write(async sql =>
        {
            for (var i = 0; i < 45_000; i++)
                await sql.Execute("INSERT INTO throttles (key, window_ends_at, failures) VALUES (@key, 1, @i)", new { key = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i))), i });
        }, Ct);
        List<long> told = [];
        var compared = await new Carriage(_source, _target, _clock, p => told.AddRange(p is { Table: "throttles", IsCompared: false } ? [p.Rows] : [])).Run(Ct);
        Assert.Equal([20_000, 40_000, 45_000 + Rows], told);
        Assert.Equal(45_000 + Rows, compared.Single(t => t.Table == "throttles").Target);
    }

    private static void Silent(CarryingProgress progress)
    {
    }

    private Task<Fence> Cancel() => Gapura.Storage.Carrying.Carriage.Cancel(_source, Ct);

    private Carriage Carriage() => new(_source, _target, _clock, Silent);

    private Database Opened(string connection)
    {
        var database = Database.At(connection);
        _opened.Add(database);
        return database;
    }

    private async Task BreakOff(string last)
    {
        var carriage = new Carriage(_source, _target, _clock, told =>
        {
            if (told.Table == last) throw new IOException("The line is dead.");
        });
        await Assert.ThrowsAsync<IOException>(() => carriage.Run(Ct));
    }

    private async Task IsRefused(string words)
    {
        Assert.Contains(words, (await Assert.ThrowsAsync<CarryingException>(() => Carriage().Run(Ct))).Message, StringComparison.Ordinal);
        await Migrations.Apply(_source, _clock, Ct);
    }

    private async Task IsClosed(Database database, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Migrations.Apply(database, _clock, Ct))).Message, StringComparison.Ordinal);
}

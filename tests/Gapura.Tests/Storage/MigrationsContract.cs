using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

public abstract class MigrationsContract(Store store) : StoreContract(store)
{
    [Fact]
    public async Task An_empty_database_gets_them_all_in_order() =>
        Assert.Equal(Enumerable.Range(1, Migrations.Newest).Select(n => (long)n), await Applied(Database));

    [Fact]
    public async Task Applied_again_they_change_nothing()
    {
        await Database.Write(sql => sql.Execute("INSERT INTO revisions (topic, revision) VALUES ('kept', 7)"), Ct);
        Clock.Pass(TimeSpan.FromDays(1));
        var again = await OpenAgain();
        Assert.Equal(7, await again.Read(sql => sql.Value<long>("SELECT revision FROM revisions WHERE topic = 'kept'"), Ct));
        Assert.Equal(1, await again.Read(sql => sql.Value<long>("SELECT COUNT(DISTINCT applied_at) FROM migrations"), Ct));
    }

    [Fact]
    public async Task Several_that_start_at_once_apply_them_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var empty = await Fresh();
            var opened = await AtOnce.Run(4, _ => Database.Open(empty, Clock, Ct));
            Assert.Equal(Enumerable.Range(1, Migrations.Newest).Select(n => (long)n), await Applied(opened[^1]));
            foreach (var database in opened) await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_released_one_that_was_edited_is_refused()
    {
        await Database.Write(sql => sql.Execute("UPDATE migrations SET hash = 'of another text' WHERE number = 1"), Ct);
        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Database.Open(Connection, Clock, Ct));
        Assert.Contains("0001_foundation.sql differs", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Use the program version that made it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_let_be()
    {
        await Database.Write(async sql =>
        {
            await sql.Execute("INSERT INTO migrations (number, name, hash, applied_at) VALUES (9999, '9999_from_the_future.sql', 'h', 1)");
            await sql.Execute("ALTER TABLE accounts ADD COLUMN from_the_future TEXT");
        }, Ct);
        var accounts = new Gapura.Accounts.AccountRegister(await OpenAgain(), Clock);
        Assert.True(await accounts.TryAdd(Seed.Account("coba", Clock), null, Ct));
        Assert.NotNull(await accounts.Find("coba", Ct));
    }

    [Fact]
    public async Task A_failure_half_way_leaves_nothing_behind()
    {
        var empty = await Fresh();
        await using (var bare = Bare(empty))
        {
            // In the way of the fourth table of the first file.
            await bare.Write(sql => sql.Execute("CREATE TABLE api_keys (id TEXT)"), Ct);
        }

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Database.Open(empty, Clock, Ct));
        await using (var bare = Bare(empty))
        {
            await bare.Write(sql => sql.Execute("DROP TABLE api_keys"), Ct);
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => bare.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM platforms"), Ct));
        }

        await using var mended = await Database.Open(empty, Clock, Ct);
        Assert.Equal(0, await mended.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM api_keys"), Ct));
    }

    private static Database Bare(string connection) => PostgresDatabase.Understands(connection) ? new PostgresDatabase(connection, bounded: false) : new SqliteDatabase(connection);

    private static Task<IReadOnlyList<long>> Applied(Database database) => database.Read(sql => sql.Rows<long>("SELECT number FROM migrations ORDER BY number"), Ct);
}

public sealed class MigrationsOnSqlite(SqliteStore store) : MigrationsContract(store), IClassFixture<SqliteStore>
{
    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_one_sentence()
    {
        var path = await Fresh();
        await File.WriteAllTextAsync(path, new string('x', 5000), Ct);
        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Database.Open(path, Clock, Ct));
        Assert.StartsWith("The SQLite database cannot be opened: ", refused.Message, StringComparison.Ordinal);
    }
}

public sealed class MigrationsOnPostgres(PostgresStore store) : MigrationsContract(store), IClassFixture<PostgresStore>
{
    [Fact]
    public async Task A_server_that_is_not_there_is_refused_in_one_sentence()
    {
        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Database.Open("Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d", Clock, Ct));
        Assert.StartsWith("The PostgreSQL database cannot be opened: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}

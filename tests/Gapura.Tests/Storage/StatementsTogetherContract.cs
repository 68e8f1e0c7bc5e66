using Gapura.Kernel;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>Statements nobody waits for one by one: whether they run at once or in one message, the work is all or nothing.</summary>
public abstract class StatementsTogetherContract(Store store) : StoreContract(store)
{
    [Fact]
    public async Task What_nobody_asks_about_is_done_before_whatever_follows_and_stands_with_the_rest()
    {
        await Database.Write(async sql =>
        {
            await Put(sql, "a");
            Assert.Equal(1, await sql.Value<long>("SELECT COUNT(*) FROM revisions"));
            await Put(sql, "b");
            Assert.Equal(["a", "b"], await sql.Rows<string>("SELECT topic FROM revisions ORDER BY topic"));
            await Put(sql, "c");
            Assert.Equal(3, await sql.Execute("UPDATE revisions SET revision = 7"));
            await Put(sql, "d");
        }, Ct);
        Assert.Equal(["a:7", "b:7", "c:7", "d:1"], await Held());
    }

    [Theory]
    [InlineData("at the end")]
    [InlineData("before a question")]
    [InlineData("before a change")]
    public async Task One_that_must_change_a_row_and_does_not_undoes_all_of_the_work(string where)
    {
        await Database.Write(sql => Put(sql, "there"), Ct);
        var told = false;
        var late = await Assert.ThrowsAsync<OvertakenException>(() => Database.Write(async sql =>
        {
            sql.AfterCommit(() => told = true);
            await Put(sql, "a");
            await Must(sql, "there");
            await Must(sql, "not there");
            await Put(sql, "b");
            if (where == "before a question") await sql.Value<long>("SELECT COUNT(*) FROM revisions");
            if (where == "before a change") await sql.Execute("UPDATE revisions SET revision = 9");
        }, Ct));
        Assert.Equal(Refusals.UnknownKey, late.Refusal);
        Assert.Equal(["there:1"], await Held());
        Assert.False(told);
    }

    [Fact]
    public async Task What_was_written_before_one_that_must_change_a_row_alone_is_undone_with_it()
    {
        await Assert.ThrowsAsync<OvertakenException>(() => Database.Write(async sql =>
        {
            await sql.Execute("INSERT INTO revisions (topic, revision) VALUES ('a', 1)");
            await Must(sql, "not there");
        }, Ct));
        Assert.Empty(await Held());
    }

    [Fact]
    public async Task Alone_it_is_done_or_refused_and_only_what_is_done_is_told()
    {
        var told = new List<string>();
        await Database.Write(sql => Put(sql, "there"), Ct);
        await Write("there");
        await Assert.ThrowsAsync<OvertakenException>(() => Write("not there"));
        Assert.Equal(["there"], told);
        Assert.Equal(["there:2"], await Held());

        Task Write(string topic) => Database.Write(sql =>
        {
            sql.AfterCommit(() => told.Add(topic));
            return Must(sql, topic);
        }, Ct);
    }

    [Fact]
    public async Task A_statement_the_database_refuses_undoes_those_it_travels_with()
    {
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Write(async sql =>
        {
            await Put(sql, "a");
            await sql.Send("INSERT INTO revisions (topic, revision) VALUES (NULL, NULL)");
            await Put(sql, "b");
        }, Ct));
        Assert.Empty(await Held());
    }

    private static Task Put(SqlSession sql, string topic) => sql.Send("INSERT INTO revisions (topic, revision) VALUES (@topic, 1)", new { topic });

    private static Task Must(SqlSession sql, string topic) =>
        sql.Require("UPDATE revisions SET revision = revision + 1 WHERE topic = @topic", new { topic }, () => new OvertakenException(Refusals.UnknownKey));

    private Task<IReadOnlyList<string>> Held() => Database.Read(sql => sql.Rows<string>("SELECT topic || ':' || revision FROM revisions ORDER BY topic"), Ct);
}

public sealed class StatementsTogetherOnSqlite(SqliteStore store) : StatementsTogetherContract(store), IClassFixture<SqliteStore>;

public sealed class StatementsTogetherOnPostgres(PostgresStore store) : StatementsTogetherContract(store), IClassFixture<PostgresStore>;

using Gapura.Kernel;
using Gapura.Storage;
using Npgsql;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>Works that ask nothing and come at once: they share transactions, and nobody notices but the database.</summary>
public sealed class SharedCommitsTests(PostgresStore store) : StoreContract(store), IClassFixture<PostgresStore>
{
    [Fact]
    public async Task A_crowd_needs_far_fewer_transactions_than_it_is()
    {
        await AtOnce.Run(500, i => Put($"{i}"));
        Assert.Equal(500, (await Held()).Count);

        // A row says which transaction wrote it.
        Assert.InRange(await Database.Read(sql => sql.Value<long>("SELECT COUNT(DISTINCT CAST(xmin AS TEXT)) FROM revisions"), Ct), 500 / 64, 250);
    }

    [Fact]
    public async Task One_that_cannot_be_done_is_told_and_none_of_the_others_suffers()
    {
        await Put("there");
        var told = new List<string>();
        var done = await AtOnce.Run(300, i => (i % 3) switch
        {
            0 => Tells(sql => Must(sql, "not there"), $"must {i}"),
            1 => Tells(sql => sql.Send("INSERT INTO revisions (topic, revision) VALUES ('there', 9)"), $"again {i}"),
            _ => Tells(sql => Put(sql, $"{i}"), $"put {i}"),
        });
        Assert.Equal(Enumerable.Range(0, 300).Select(i => i % 3 == 2), done);
        Assert.Equal(Enumerable.Range(0, 300).Where(i => i % 3 == 2).Select(i => $"put {i}").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Equal(101, (await Held()).Count);

        Task<bool> Tells(Func<SqlSession, Task> work, string name) => IsDone(sql =>
        {
            sql.AfterCommit(() =>
            {
                lock (told) told.Add(name);
            });
            return work(sql);
        });
    }

    [Fact]
    public async Task Of_those_that_want_the_same_row_exactly_one_has_it()
    {
        for (var round = 0; round < 10; round++)
        {
            await Put($"{round}");
            var done = await AtOnce.Run(100, i => IsDone(async sql =>
            {
                await sql.Require("UPDATE revisions SET revision = 2 WHERE topic = @topic AND revision = 1", new { topic = $"{round}" }, Late);
                await Put(sql, $"{round} by {i}");
            }));
            Assert.Single(done, d => d);
        }

        Assert.Equal(20, (await Held()).Count);
    }

    [Fact]
    public async Task Transactions_that_want_each_others_rows_part_and_all_works_are_done()
    {
        const int rows = 20;
        for (var row = 0; row < rows; row++) await Put($"{row}");
        var there = await OpenAgain();
        await AtOnce.Run(rows * 20, async i =>
        {
            var row = i / 2 % rows;
            await (i % 2 == 0 ? Database : there).Write(sql => Must(sql, i % 2 == 0 ? $"{row}" : $"{rows - 1 - row}"), Ct);
            return true;
        });
        Assert.All(await Held(), topic => Assert.EndsWith(":21", topic, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_transaction_that_waits_for_a_row_holds_nobody_up_who_does_not()
    {
        await Put("held");
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync(Ct);
        await using var holds = await connection.BeginTransactionAsync(Ct);
        await using (var update = new NpgsqlCommand("UPDATE revisions SET revision = 7 WHERE topic = 'held'", connection, holds)) await update.ExecuteNonQueryAsync(Ct);
        var waits = Enumerable.Range(0, 3).Select(_ => Database.Write(sql => Must(sql, "held"), Ct)).ToArray();
        await AtOnce.Run(100, i => Put($"{i}"));
        Assert.DoesNotContain(waits, w => w.IsCompleted);
        await holds.CommitAsync(Ct);
        await Task.WhenAll(waits);
        Assert.Contains("held:10", await Held());
    }

    [Fact]
    public async Task Who_has_nothing_to_write_is_told_too()
    {
        var told = false;
        await Database.Write(sql =>
        {
            sql.AfterCommit(() => told = true);
            return Task.CompletedTask;
        }, Ct);
        Assert.True(told);
    }

    private static OvertakenException Late() => new(Refusals.UnknownKey);

    private static Task Put(SqlSession sql, string topic) => sql.Send("INSERT INTO revisions (topic, revision) VALUES (@topic, 1)", new { topic });

    private static Task Must(SqlSession sql, string topic) => sql.Require("UPDATE revisions SET revision = revision + 1 WHERE topic = @topic", new { topic }, Late);

    private Task<bool> Put(string topic) => IsDone(sql => Put(sql, topic));

    private async Task<bool> IsDone(Func<SqlSession, Task> work)
    {
        try
        {
            await Database.Write(work, Ct);
            return true;
        }
        catch (Exception e) when (e is OvertakenException or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }

    private Task<IReadOnlyList<string>> Held() => Database.Read(sql => sql.Rows<string>("SELECT topic || ':' || revision FROM revisions"), Ct);
}

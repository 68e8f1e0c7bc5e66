using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

public abstract class DatabaseContract(Store store) : StoreContract(store)
{
    [Fact]
    public async Task A_fault_undoes_its_own_work_and_nobody_elses()
    {
        var writes = await Behind(30, i => Database.Write(async sql =>
        {
            await Put(sql, $"{i}");
            if (i % 3 == 1) throw new InvalidTimeZoneException($"{i}");
            if (i % 3 == 2) await sql.Execute("INSERT INTO revisions (topic, revision) VALUES (NULL, NULL)");
        }, Ct));

        Assert.Equal(Enumerable.Range(0, 30).Where(i => i % 3 == 0).Select(i => $"{i}").Order(), await Topics());
        foreach (var (i, write) in writes.Index())
        {
            if (i % 3 == 0) await write;
            else if (i % 3 == 1) Assert.Equal($"{i}", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => write)).Message);
            else await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => write);
        }
    }

    [Fact]
    public async Task A_write_answers_with_its_own_result()
    {
        var results = await AtOnce.Run(200, i => Database.Write(async sql =>
        {
            await Put(sql, $"{i}");
            return i;
        }, Ct));
        Assert.Equal(Enumerable.Range(0, 200), results);
        Assert.Equal(200, (await Topics()).Count);
    }

    [Fact]
    public async Task What_was_answered_is_there_for_everybody()
    {
        var other = await OpenAgain();
        var seen = await AtOnce.Run(100, async i =>
        {
            await Database.Write(sql => Put(sql, $"{i}"), Ct);
            return await Has(Database, $"{i}") && await Has(other, $"{i}");
        });
        Assert.DoesNotContain(false, seen);
    }

    [Fact]
    public async Task What_is_not_committed_is_seen_by_its_own_work_only() => await Database.Write(async sql =>
    {
        await Put(sql, "t");
        Assert.Equal(1, await sql.Value<long>("SELECT COUNT(*) FROM revisions"));
        Assert.False(await Has(Database, "t"));
    }, Ct);

    [Fact]
    public async Task What_waits_for_the_commit_runs_after_it()
    {
        var seen = false;
        await Database.Write(async sql =>
        {
            sql.AfterCommit(() => seen = Has(Database, "t").GetAwaiter().GetResult());
            await Put(sql, "t");
            Assert.False(seen);
        }, Ct);
        Assert.True(seen);
    }

    [Fact]
    public async Task What_waits_for_the_commit_never_runs_without_it()
    {
        var ran = false;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Database.Write(async sql =>
        {
            sql.AfterCommit(() => ran = true);
            await Put(sql, "t");
            throw new InvalidTimeZoneException();
        }, Ct));
        Assert.False(ran);
    }

    [Fact]
    public async Task A_fault_after_the_commit_is_nobody_elses()
    {
        var writes = await Behind(3, i => Database.Write(async sql =>
        {
            await Put(sql, $"{i}");
            if (i == 0) sql.AfterCommit(() => throw new InvalidTimeZoneException());
        }, Ct));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => writes[0]);
        await writes[1];
        await writes[2];
        Assert.Equal(3, (await Topics()).Count);
    }

    [Fact]
    public async Task A_caller_who_has_gone_before_it_began_writes_nothing()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.Write(sql => Put(sql, "t"), gone.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.Read(sql => sql.Value<long>("SELECT 1"), gone.Token));
        Assert.Empty(await Topics());
    }

    [Fact]
    public async Task A_caller_who_goes_after_it_began_has_it_written_all_the_same()
    {
        using var gone = new CancellationTokenSource();
        await Database.Write(async sql =>
        {
            await Put(sql, "before");
            await gone.CancelAsync();
            await Put(sql, "after");
        }, gone.Token);
        Assert.Equal(["after", "before"], await Topics());
    }

    [Fact]
    public async Task Faults_leave_it_fit_for_use()
    {
        for (var i = 0; i < 50; i++)
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Read(sql => sql.Value<long>("SELECT nothing FROM nowhere"), Ct));
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Write(sql => sql.Execute("DELETE FROM nowhere"), Ct));
        }

        await Database.Write(sql => Put(sql, "t"), Ct);
        Assert.Equal(["t"], await Topics());
    }

    [Fact]
    public async Task Closing_carries_through_what_was_begun_and_refuses_the_rest()
    {
        var database = await Database.Open(Connection, Clock, Ct);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = database.Write(async sql =>
        {
            begun.SetResult();
            await goOn.Task;
            await Put(sql, "t");
        }, Ct);
        await begun.Task;
        var closing = database.DisposeAsync();
        goOn.SetResult();
        await write;
        await closing;
        Assert.Equal(["t"], await Topics());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Write(sql => Put(sql, "u"), Ct));
    }

    [Fact]
    public async Task Rows_that_point_nowhere_are_refused() => await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.Write(sql =>
        sql.Execute("INSERT INTO sessions (hash, account_id, signed_in_at, expires_at) VALUES (@hash, 'nobody', 1, 2)", new { hash = new byte[32] }), Ct));

    // Queued behind a work that does not end before all of them wait: where writers share a commit, these share one.
    private async Task<Task[]> Behind(int callers, Func<int, Task> write)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Database.Write(async _ =>
        {
            begun.SetResult();
            await goOn.Task;
        }, Ct);
        await begun.Task;
        var writes = Enumerable.Range(0, callers).Select(write).ToArray();
        goOn.SetResult();
        await first;
        await Task.WhenAll(writes.Select(w => w.ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default)));
        return writes;
    }

    private static Task<int> Put(SqlSession sql, string topic) => sql.Execute("INSERT INTO revisions (topic, revision) VALUES (@topic, 1)", new { topic });

    private static Task<bool> Has(Database database, string topic) =>
        database.Read(async sql => await sql.Value<long>("SELECT COUNT(*) FROM revisions WHERE topic = @topic", new { topic }) == 1, Ct);

    private Task<IReadOnlyList<string>> Topics() => Database.Read(sql => sql.Rows<string>("SELECT topic FROM revisions ORDER BY topic"), Ct);
}

public sealed class DatabaseOnSqlite(SqliteStore store) : DatabaseContract(store), IClassFixture<SqliteStore>;

public sealed class DatabaseOnPostgres(PostgresStore store) : DatabaseContract(store), IClassFixture<PostgresStore>
{
    [Fact]
    public async Task Opened_by_the_address_operators_know_from_other_programs()
    {
        var text = new Npgsql.NpgsqlConnectionStringBuilder(Connection);
        var address = $"postgres://{text.Username}:{Uri.EscapeDataString(text.Password ?? "")}@{text.Host}:{text.Port}/{text.Database}?SearchPath={text.SearchPath}&Maximum%20Pool%20Size=3";
        await Database.Write(sql => sql.Execute("INSERT INTO revisions (topic, revision) VALUES ('t', 7)"), Ct);
        await using var database = await Gapura.Storage.Database.Open(address, Clock, Ct);
        Assert.Equal(7, await database.Read(sql => sql.Value<long>("SELECT revision FROM revisions WHERE topic = 't'"), Ct));
    }
}

public sealed class ConnectionTextTests
{
    [Theory]
    [InlineData("postgres://u:p@h/d", true)]
    [InlineData("postgresql://u@h:5433/d", true)]
    [InlineData("Host=h;Username=u", true)]
    [InlineData("host=h;username=u", true)]
    [InlineData("Server=h;User Id=u", true)]
    [InlineData("/data/gapura.db", false)]
    [InlineData("gapura.db", false)]
    [InlineData("C:\\data\\gapura.db", false)]
    [InlineData("data/localhost.db", false)]
    public void Which_texts_mean_postgresql(string text, bool postgres) => Assert.Equal(postgres, PostgresDatabase.Understands(text));

    [Theory]
    [InlineData("postgres://u:secret@h/d?nothing=1")]
    [InlineData("postgres://u:secret@h:port/d")]
    [InlineData("Host=h;Password=secret;Nothing=1")]
    [InlineData("/proc/nowhere/gapura.db")]
    [InlineData("gapura\0.db")]
    [InlineData("")]
    public async Task One_that_cannot_be_opened_is_refused_in_a_sentence_without_its_password(string text)
    {
        var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Database.Open(text, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.StartsWith("The setting Database names no database that can be opened: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=h;Password=secret;Command Timeout=30")]
    [InlineData("host=h;password=secret;commandtimeout=1")]
    [InlineData("postgres://u:secret@h,i/d?Command%20Timeout=30")]
    public void One_that_would_cancel_commits_is_refused_with_what_to_do(string text)
    {
        var refused = Assert.Throws<DatabaseUnavailableException>(() => Database.At(text, bounded: true));
        Assert.Contains("Leave Command Timeout out", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.Throws<DatabaseUnavailableException>(() => Database.At(text));
    }

    [Theory]
    [InlineData("Host=h;Command Timeout=0")]
    [InlineData("Host=h;Timeout=9;Maximum Pool Size=3")]
    public async Task Other_bounds_are_the_operators_to_set(string text)
    {
        await using var database = Database.At(text, bounded: true);
        Assert.True(database.IsShared);
    }
}

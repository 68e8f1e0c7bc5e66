using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

public abstract class SnapshotContract(Store store) : StoreContract(store)
{
    private int _loads;

    [Fact]
    public void Before_it_was_filled_it_says_so() => Assert.Throws<InvalidOperationException>(() => Snapshot(Database).Value);

    [Fact]
    public async Task Filled_once_and_then_only_when_the_topic_moves()
    {
        var snapshot = Snapshot(Database);
        for (var i = 0; i < 5; i++) await snapshot.Refresh(Ct);
        Assert.Equal(1, _loads);
        await Raise(Database, "topic");
        await Raise(Database, "another topic");
        for (var i = 0; i < 5; i++) await snapshot.Refresh(Ct);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task A_change_by_another_node_is_seen()
    {
        var snapshot = Snapshot(Database);
        await snapshot.Refresh(Ct);
        Assert.Equal("0", snapshot.Value);
        var other = await OpenAgain();
        await Raise(other, "topic");
        await snapshot.Refresh(Ct);
        Assert.Equal("1", snapshot.Value);
    }

    [Fact]
    public async Task A_change_while_it_is_being_filled_is_seen_next_time()
    {
        Snapshot<string> snapshot = null!;
        var changed = false;
        snapshot = new(new Revisions(Database), "topic", async _ =>
        {
            var seen = await Revision(Database);
            if (!changed) await Raise(Database, "topic");
            changed = true;
            return $"{seen}";
        });
        await snapshot.Refresh(Ct);
        Assert.Equal("0", snapshot.Value);
        await snapshot.Refresh(Ct);
        Assert.Equal("1", snapshot.Value);
    }

    [Fact]
    public async Task When_filling_fails_the_old_stays_and_the_next_look_tries_again()
    {
        var fail = false;
        var snapshot = new Snapshot<string>(new Revisions(Database), "topic", async _ => fail ? throw new InvalidTimeZoneException() : $"{await Revision(Database)}");
        await snapshot.Refresh(Ct);
        await Raise(Database, "topic");
        fail = true;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => snapshot.Refresh(Ct));
        Assert.Equal("0", snapshot.Value);
        fail = false;
        await snapshot.Refresh(Ct);
        Assert.Equal("1", snapshot.Value);
    }

    [Fact]
    public async Task Of_two_looks_at_once_the_one_that_began_first_does_not_bring_back_what_was()
    {
        var (isLoading, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var snapshot = new Snapshot<string>(new Revisions(Database), "topic", async _ =>
        {
            var seen = await Revision(Database);
            if (isLoading.TrySetResult()) await goOn.Task;
            return $"{seen}";
        });
        var slow = snapshot.Refresh(Ct);
        await isLoading.Task;
        await Raise(Database, "topic");
        await snapshot.Refresh(Ct);
        goOn.SetResult();
        await slow;
        Assert.Equal("1", snapshot.Value);
    }

    [Fact]
    public async Task No_raise_is_lost()
    {
        await AtOnce.Run(64, async _ =>
        {
            await Raise(Database, "topic");
            return 0;
        });
        Assert.Equal(64, await Revision(Database));
    }

    [Fact]
    public async Task A_raise_goes_with_the_work_it_belongs_to()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Database.Write(async sql =>
        {
            await Revisions.Raise(sql, "topic");
            throw new InvalidTimeZoneException();
        }, Ct));
        Assert.Equal(0, await Revision(Database));
    }

    private Snapshot<string> Snapshot(Database database) => new(new Revisions(database), "topic", async _ =>
    {
        Interlocked.Increment(ref _loads);
        return $"{await Revision(database)}";
    });

    private static Task<long> Revision(Database database) => new Revisions(database).Current("topic", Ct);

    private static Task Raise(Database database, string topic) => database.Write(sql => Revisions.Raise(sql, topic), Ct);
}

public sealed class SnapshotOnSqlite(SqliteStore store) : SnapshotContract(store), IClassFixture<SqliteStore>;

public sealed class SnapshotOnPostgres(PostgresStore store) : SnapshotContract(store), IClassFixture<PostgresStore>;

using Gapura.Kernel;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

public abstract class CeremoniesContract(Store store) : CeremonySteps(store)
{
    private const int Callers = 64;
    private const int Rounds = 50;

    [Fact]
    public async Task A_key_is_added_once()
    {
        Assert.True(await Add(Approved("k")));
        Assert.False(await Add(Approved("k") with { AccountId = "somebody else" }));
        Assert.Equal("a", (await Ceremonies.Find("k", Ct))!.AccountId);
    }

    [Fact]
    public async Task Everything_about_it_is_kept()
    {
        var qr = Approved("qr") with { Door = Door.Qr, DeviceId = "d" };
        var popup = Approved("popup") with { Door = Door.Seamless, State = CeremonyState.Collected, DeviceId = null };
        await Add(qr);
        await Add(popup);
        Assert.Equal(qr, await Ceremonies.Find("qr", Ct));
        Assert.Equal(popup, await Ceremonies.Find("popup", Ct));
        Assert.Null(await Ceremonies.Find("other", Ct));
    }

    [Fact]
    public async Task Of_64_at_once_one_adds()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var key = $"key {round}";
            var added = await AtOnce.Run(Callers, i => Add(Approved(key) with { AccountId = $"account {i}" }));
            var winner = Assert.Single(added.Index(), a => a.Item).Index;
            Assert.Equal($"account {winner}", (await Ceremonies.Find(key, Ct))!.AccountId);
        }
    }

    [Fact]
    public async Task Of_64_at_once_one_takes()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var key = $"key {round}";
            await Add(Approved(key));
            var taken = await AtOnce.Run(Callers, _ => Take(key));
            Assert.Single(taken, t => t is not null);
        }
    }

    [Fact]
    public async Task Taken_once_and_then_it_is_collected()
    {
        await Add(Approved("k"));
        var taken = await Take("k");
        Assert.Equal(Approved("k") with { State = CeremonyState.Collected, MovedAt = taken!.MovedAt }, taken);
        Assert.True(taken.MovedAt > Approved("k").MovedAt);
        Assert.Null(await Take("k"));
        Assert.Equal(CeremonyState.Collected, (await Ceremonies.Find("k", Ct))!.State);
        Assert.False(await Add(Approved("k")));
    }

    [Fact]
    public async Task What_nobody_approved_is_not_taken()
    {
        Assert.Null(await Take("never heard of"));
        await Add(Approved("k") with { State = CeremonyState.Collected });
        Assert.Null(await Take("k"));
    }

    [Fact]
    public async Task Taken_until_its_time_is_over_and_not_after()
    {
        await Add(Approved("early"));
        await Add(Approved("late"));
        Clock.Pass(TimeSpan.FromSeconds(60) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await Take("early"));
        Clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Take("late"));
    }

    [Fact]
    public async Task A_take_whose_work_fails_has_taken_nothing()
    {
        await Add(Approved("k"));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Database.Write(async sql =>
        {
            await Ceremonies.Take(sql, (await Ceremonies.Find("k", Ct))!, Refusals.NonceSpent);
            throw new InvalidTimeZoneException();
        }, Ct));
        Assert.NotNull(await Take("k"));
    }

    [Fact]
    public async Task Heard_of_after_the_commit_and_not_before()
    {
        Assert.False(Ceremonies.MayHold("k"));
        await Database.Write(async sql =>
        {
            await Ceremonies.TryAdd(sql, Approved("k"));
            Assert.False(Ceremonies.MayHold("k"));
        }, Ct);
        Assert.True(Ceremonies.MayHold("k"));
    }

    [Fact]
    public async Task Never_heard_of_when_its_work_fails()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Database.Write(async sql =>
        {
            await Ceremonies.TryAdd(sql, Approved("k"));
            throw new InvalidTimeZoneException();
        }, Ct));
        Assert.False(Ceremonies.MayHold("k"));
        Assert.True(await Add(Approved("k")));
    }

    [Fact]
    public async Task Kept_after_the_database_is_opened_again()
    {
        await Add(Approved("waiting"));
        await Add(Approved("spent"));
        await Take("spent");
        var again = await OpenAgain();
        var ceremonies = new Ceremonies(again, new Bells(Clock), Clock);
        Assert.False(ceremonies.MayHold("waiting"));
        await ceremonies.Refresh(Ct);
        Assert.True(ceremonies.MayHold("waiting"));
        Assert.True(ceremonies.MayHold("spent"));
        Assert.Null(await Take(again, ceremonies, "spent"));
        Assert.NotNull(await Take(again, ceremonies, "waiting"));
    }

    [Fact]
    public async Task Forgotten_after_it_need_not_be_kept()
    {
        await Add(Approved("old"));
        Clock.Pass(TimeSpan.FromMinutes(5));
        await Add(Approved("young"));
        await Ceremonies.Sweep(Clock.Now, Ct);
        Assert.True(Ceremonies.MayHold("old"));

        Clock.Pass(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(1));
        await Ceremonies.Sweep(Clock.Now, Ct);
        Assert.False(Ceremonies.MayHold("old"));
        Assert.Null(await Ceremonies.Find("old", Ct));
        Assert.True(Ceremonies.MayHold("young"));
        Assert.NotNull(await Ceremonies.Find("young", Ct));
    }
}

public sealed class CeremoniesOnSqlite(SqliteStore store) : CeremoniesContract(store), IClassFixture<SqliteStore>;

public sealed class CeremoniesOnPostgres(PostgresStore store) : CeremoniesContract(store), IClassFixture<PostgresStore>
{
    [Fact]
    public async Task Another_node_hears_of_it()
    {
        var other = await OtherNode();
        await Add(Approved("k"));
        Assert.False(other.MayHold("k"));
        await other.Refresh(Ct);
        Assert.True(other.MayHold("k"));
    }

    [Fact]
    public async Task Another_node_hears_of_what_was_decided_while_it_could_not_look()
    {
        var other = await OtherNode();
        Clock.Pass(TimeSpan.FromSeconds(1));
        await Add(Approved("k"));
        Clock.Pass(TimeSpan.FromSeconds(30));
        await other.Refresh(Ct);
        Assert.True(other.MayHold("k"));
    }

    [Fact]
    public async Task A_screen_that_waits_at_another_node_is_rung_there_at_every_move_and_once()
    {
        var bells = new Bells(Clock);
        var other = new Ceremonies(await OpenAgain(), bells, Clock);
        await other.Refresh(Ct);
        using var bell = bells.Enter(["k"]);
        await Scan(Scanned("k"));
        await other.Refresh(Ct);
        await IsRung(bell);
        await other.Refresh(Ct);
        var next = IsRung(bell);
        Assert.False(next.IsCompleted);

        // At the very same instant of the clock.
        await Deny("k", "d");
        await other.Refresh(Ct);
        await next;
    }

    [Fact]
    public async Task Two_nodes_at_once_deliver_once()
    {
        var database = await OpenAgain();
        var other = new Ceremonies(database, new Bells(Clock), Clock);
        for (var round = 0; round < 20; round++)
        {
            var key = $"key {round}";
            await Add(Approved(key));
            var taken = await AtOnce.Run(16, i => i % 2 == 0 ? Take(key) : Take(database, other, key));
            Assert.Single(taken, t => t is not null);
        }
    }

    private async Task<Ceremonies> OtherNode()
    {
        var other = new Ceremonies(await OpenAgain(), new Bells(Clock), Clock);
        await other.Refresh(Ct);
        return other;
    }
}

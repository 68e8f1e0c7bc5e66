using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>The life of a QR sign-in before its decision: scanned, confirmed, approved or denied.</summary>
public abstract class CeremonyMovesContract(Store store) : CeremonySteps(store)
{
    private const int Callers = 64;
    private const int Rounds = 50;

    [Fact]
    public async Task A_scan_binds_the_first_phone_and_only_what_is_over_makes_room()
    {
        Assert.True(await Scan(Scanned("k")));
        Assert.False(await Scan(Scanned("k")));
        Assert.False(await Scan(Scanned("k") with { DeviceId = "other" }));
        Assert.False(await Scan(Scanned("k") with { DeviceId = "other", Handle = "next" }));
        Assert.True(await Scan(Scanned("k") with { Handle = "next" }));

        Clock.Pass(TimeSpan.FromSeconds(60));
        Assert.False(await Scan(Scanned("k") with { DeviceId = "other", Handle = "next" }));
        Assert.True(await Scan(Scanned("k") with { DeviceId = "other", Handle = "third" }));
        Assert.Equal(("other", "third"), await Bound("k"));
    }

    [Fact]
    public async Task What_was_denied_never_comes_back_and_the_next_handle_may()
    {
        await Scan(Scanned("k"));
        Assert.Null(await Deny("k", "other phone"));
        Assert.Equal(("declined", CeremonyState.Denied), await Deny("k", "d") is { } denied ? (denied.DeniedBecause, denied.State) : default);
        Assert.Null(await Deny("k", "d"));
        Assert.False(await Scan(Scanned("k")));
        Assert.False(await Approve(Approved("k"), unscanned: true));
        Assert.True(await Approve(Approved("k") with { Handle = "next" }, unscanned: true));
    }

    [Fact]
    public async Task Only_the_phone_that_scanned_approves_and_only_what_it_scanned()
    {
        await Scan(Scanned("k"));
        Assert.False(await Approve(Approved("k") with { DeviceId = "other" }, unscanned: true));
        Assert.False(await Approve(Approved("k") with { Handle = "next" }, unscanned: true));
        Assert.True(await Approve(Approved("k"), unscanned: false));
        Assert.False(await Approve(Approved("k"), unscanned: true));
        Assert.Equal("g", (await Take("k"))!.GrantId);
    }

    [Fact]
    public async Task What_nobody_scanned_is_approved_only_where_that_is_allowed()
    {
        Assert.False(await Approve(Approved("k"), unscanned: false));
        Assert.True(await Approve(Approved("k"), unscanned: true));
    }

    [Fact]
    public async Task Digits_must_match_and_a_code_must_have_been_typed()
    {
        await Scan(Scanned("match") with { Confirmation = Confirmation.Match });
        await Scan(Scanned("type") with { Confirmation = Confirmation.Type });
        foreach (var unscanned in (bool[])[true, false])
        {
            Assert.False(await Approve(Approved("match"), unscanned));
            Assert.False(await Approve(Approved("type"), unscanned));
            Assert.False(await Approve(Approved("type"), unscanned, matched: true));
        }

        Assert.NotNull(await Database.Write(sql => Ceremonies.Confirm(sql, "type", "handle of type"), Ct));
        Assert.True(await Approve(Approved("type"), unscanned: false));
        Assert.True(await Approve(Approved("match"), unscanned: false, matched: true));
    }

    [Fact]
    public async Task Of_64_tries_at_once_three_are_given()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var key = $"tried {round}";
            await Scan(Scanned(key) with { Confirmation = Confirmation.Type });
            var tries = await AtOnce.Run(Callers, _ => Database.Write(sql => Ceremonies.Try(sql, key, $"handle of {key}"), Ct));
            Assert.Equal([1, 2, 3], tries.Where(t => t is not null).Select(t => t!.Tries).Order());
        }
    }

    [Fact]
    public async Task Every_move_rings_after_it_can_no_longer_be_lost()
    {
        using var bell = Bells.Enter(["k"]);
        using var others = Bells.Enter(["other"]);
        await Scan(Scanned("k"));
        await IsRung(bell);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.Write(async sql =>
        {
            await Ceremonies.Deny(sql, "k", "handle of k", "d", "declined");
            throw new InvalidOperationException("undone");
        }, Ct));
        var next = IsRung(bell);
        Assert.False(next.IsCompleted);
        await Deny("k", "d");
        await next;
        Assert.False(IsRung(others).IsCompleted);
    }

    private async Task<(string?, string)> Bound(string key) => await Ceremonies.Find(key, Ct) is { } bound ? (bound.DeviceId, bound.Handle) : default;
}

public sealed class CeremonyMovesOnSqlite(SqliteStore store) : CeremonyMovesContract(store), IClassFixture<SqliteStore>;

public sealed class CeremonyMovesOnPostgres(PostgresStore store) : CeremonyMovesContract(store), IClassFixture<PostgresStore>;

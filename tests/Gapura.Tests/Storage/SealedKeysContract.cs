using System.Security.Cryptography;
using System.Text;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

public abstract class SealedKeysContract(Store store) : StoreContract(store)
{
    private static readonly Rotation Rule = new(Period: TimeSpan.FromDays(30), Lead: TimeSpan.FromDays(1), Afterlife: TimeSpan.FromHours(2));

    [Fact]
    public async Task The_first_is_made_and_used_at_once()
    {
        var keys = Keys();
        await keys.RotateWhenDue(Ct);
        var key = Assert.Single(await keys.Load(Ct));
        Assert.Equal((1, Clock.Now, Clock.Now), (key.Number, key.CreatedAt, key.UsedFrom));
        Assert.Equal(32, key.Material.Length);
    }

    [Fact]
    public async Task The_same_on_every_node_and_after_a_restart()
    {
        await Keys().RotateWhenDue(Ct);
        var other = new SealedKeys(await OpenAgain(), Master, Clock, "test", Rule, Make);
        await other.RotateWhenDue(Ct);
        Assert.Equal(Assert.Single(await Keys().Load(Ct)).Material, Assert.Single(await other.Load(Ct)).Material);
    }

    [Fact]
    public async Task Of_several_that_find_it_due_at_once_one_adds_it()
    {
        var other = await OpenAgain();
        for (var period = 1; period <= 5; period++)
        {
            await AtOnce.Run(16, async i =>
            {
                await Keys(i % 2 == 0 ? Database : other).RotateWhenDue(Ct);
                return 0;
            });
            Assert.Equal(period, (await Keys().Load(Ct))[^1].Number);
            Clock.Pass(TimeSpan.FromDays(period == 1 ? 29 : 30));
        }
    }

    [Fact]
    public async Task Every_operator_who_rotates_gets_a_key_of_his_own()
    {
        await Keys().RotateWhenDue(Ct);
        var numbers = await AtOnce.Run(8, i => Keys().Rotate(Clock.Now.AddMinutes(i), Ct));
        Assert.Equal(8, numbers.Distinct().Count());
        var keys = (await Keys().Load(Ct)).ToDictionary(k => k.Number);
        foreach (var (i, number) in numbers.Index()) Assert.Equal(Clock.Now.AddMinutes(i), keys[number].UsedFrom);
    }

    [Fact]
    public async Task One_that_nothing_shown_can_be_of_is_forgotten()
    {
        await Keys().RotateWhenDue(Ct);
        Clock.Pass(TimeSpan.FromDays(29));
        await Keys().RotateWhenDue(Ct);
        Clock.Pass(TimeSpan.FromDays(1) + Rule.Afterlife + TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        await Keys().RotateWhenDue(Ct);
        Assert.Equal([1, 2], (await Keys().Load(Ct)).Select(k => k.Number));
        Clock.Pass(TimeSpan.FromSeconds(1));
        await Keys().RotateWhenDue(Ct);
        Assert.Equal([2], (await Keys().Load(Ct)).Select(k => k.Number));
    }

    [Fact]
    public async Task Purposes_do_not_mix()
    {
        await Keys().RotateWhenDue(Ct);
        var others = new SealedKeys(Database, Master, Clock, "other", Rule, Make);
        Assert.Empty(await others.Load(Ct));
        await Database.Write(sql => sql.Execute("UPDATE sealed_keys SET purpose = 'other'"), Ct);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => others.Load(Ct));
    }

    [Fact]
    public async Task Another_master_key_is_refused_with_what_to_restore()
    {
        await Keys().RotateWhenDue(Ct);
        var stranger = new SealedKeys(Database, new MasterKey(RandomNumberGenerator.GetBytes(32)), Clock, "test", Rule, Make);
        foreach (var act in new Func<Task>[] { () => stranger.Load(Ct), () => stranger.RotateWhenDue(Ct), () => stranger.Rotate(Clock.Now, Ct) })
        {
            var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(act);
            Assert.Contains("test key 1", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Restore master.key", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_row_that_was_cut_short_is_refused_the_same_way()
    {
        await Keys().RotateWhenDue(Ct);
        await Database.Write(sql => sql.Execute("UPDATE sealed_keys SET sealed = @cut", new { cut = new byte[5] }), Ct);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Keys().Load(Ct));
    }

    [Fact]
    public async Task The_database_never_holds_one_in_the_clear()
    {
        var keys = new SealedKeys(Database, Master, Clock, "test", Rule, () => Encoding.ASCII.GetBytes("the material in the clear"));
        await keys.RotateWhenDue(Ct);
        var box = await Database.Read(sql => sql.Value<byte[]>("SELECT sealed FROM sealed_keys"), Ct);
        Assert.DoesNotContain("material", Encoding.Latin1.GetString(box!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_keys_are_met_as_long_as_a_handle_may_live()
    {
        var handles = new HandleKeys(Database, Master, new Revisions(Database), Clock);
        await Follow(handles);
        var first = handles.Ring.Current;
        Assert.Equal(1, first.Id);
        byte[] body = [1, 2, 3];
        string[] tags = [.. new[] { first.LoginTicketTag(body), first.QrChallengeTag(body), first.Commitment(body), first.DeviceChallengeTag(body) }.Select(Convert.ToHexString)];
        Assert.Equal(4, tags.Distinct().Count());

        Clock.Pass(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(5));
        await Follow(handles);
        Assert.Equal(1, handles.Ring.Current.Id);
        Assert.Equal([1, 2], handles.Ring.Accepted.Select(k => k.Id));
        Clock.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(2, handles.Ring.Current.Id);
        Clock.Pass(HandleKeys.LongestHandleLifetime);
        Assert.Equal(first.LoginTicketTag(body), handles.Ring.Find(1)!.LoginTicketTag(body));
        Clock.Pass(TimeSpan.FromMinutes(5));
        Assert.Null(handles.Ring.Find(1));
    }

    private async Task Follow(HandleKeys handles)
    {
        await handles.RotateWhenDue(Ct);
        await handles.Refresh(Ct);
    }

    private static byte[] Make() => RandomNumberGenerator.GetBytes(32);

    private SealedKeys Keys(Database? database = null) => new(database ?? Database, Master, Clock, "test", Rule, Make);
}

public sealed class SealedKeysOnSqlite(SqliteStore store) : SealedKeysContract(store), IClassFixture<SqliteStore>;

public sealed class SealedKeysOnPostgres(PostgresStore store) : SealedKeysContract(store), IClassFixture<PostgresStore>;

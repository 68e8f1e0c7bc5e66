using Gapura.Audit;
using Gapura.Devices;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Devices;

public abstract class DevicePushEndpointsContract(Store store) : StoreContract(store)
{
    private DeviceNotices Notices { get; } = new();

    private DeviceRegister Devices => field ??= new DeviceRegister(Database, new Grants(Database, Clock), new AuditLog(Database), Notices, Clock);

    private DevicePushEndpoints Endpoints => field ??= new DevicePushEndpoints(Database);

    [Fact]
    public async Task All_phones_of_an_account_that_want_it_are_told_but_the_one_that_did_it()
    {
        var (account, first, second) = await Two();
        Assert.Equal([new(second, "b")], await Endpoints.Of(account, first, Ct));
        Assert.Equal(["a", "b"], (await Endpoints.Of(account, null, Ct)).Select(e => e.Endpoint).Order(StringComparer.Ordinal));
        Assert.Empty(await Endpoints.Of("nobody", null, Ct));
        Assert.True(await Endpoints.TrySet(second, account, null, Ct));
        Assert.Empty(await Endpoints.Of(account, first, Ct));
    }

    [Fact]
    public async Task Only_its_owner_sets_it_and_a_revoked_phone_has_none()
    {
        var (account, first, second) = await Two();
        Assert.False(await Endpoints.TrySet(first, "another", "x", Ct));
        Assert.False(await Endpoints.TrySet("unknown", account, "x", Ct));
        await Devices.Revoke(first, account, Hand.Operator, Ct);
        Assert.False(await Endpoints.TrySet(first, account, "x", Ct));
        Assert.Equal([new(second, "b")], await Endpoints.Of(account, null, Ct));
        Assert.Equal(0, await Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM devices WHERE id = @first AND push_endpoint IS NOT NULL", new { first }), Ct));
    }

    [Fact]
    public async Task What_a_push_service_knows_no_more_is_forgotten_unless_it_was_replaced_meanwhile()
    {
        var (account, first, second) = await Two();
        await Endpoints.Forget(new(first, "a"), Ct);
        await Endpoints.Forget(new(second, "an older one"), Ct);
        Assert.Equal([new(second, "b")], await Endpoints.Of(account, null, Ct));
    }

    [Fact]
    public async Task An_enrolment_is_told_after_its_commit_and_a_refused_one_is_not()
    {
        var (account, _, _) = await Two();
        while (Notices.Waiting.TryRead(out _))
        {
        }

        var device = Seed.Device(account, Clock);
        await Devices.TryEnrol(device, Hand.Operator, Ct);
        await Devices.TryEnrol(device with { Id = "x" }, Hand.Operator, Ct);
        Assert.True(Notices.Waiting.TryRead(out var notice));
        Assert.Equal(new DeviceNotice(account, device.Id), notice);
        Assert.False(Notices.Waiting.TryRead(out _));
    }

    [Fact]
    public void A_flood_of_notices_pushes_the_oldest_out()
    {
        for (var i = 0; i < 1001; i++) Notices.Tell($"account {i}", null);
        Assert.Equal(1000, Notices.Waiting.Count);
        Assert.True(Notices.Waiting.TryRead(out var oldest));
        Assert.Equal("account 1", oldest.AccountId);
    }

    [Fact]
    public async Task The_key_is_made_once_for_all_nodes_and_never_changes()
    {
        var keys = Keys(Database);
        await keys.RotateWhenDue(Ct);
        await keys.Refresh(Ct);
        Clock.Pass(TimeSpan.FromDays(3650));
        var other = Keys(await OpenAgain());
        foreach (var one in (PushKeys[])[keys, other])
        {
            await one.RotateWhenDue(Ct);
            await one.Refresh(Ct);
        }

        Assert.Equal(keys.PublicKey, other.PublicKey);
        Assert.Equal(1, await Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM sealed_keys WHERE purpose = 'push'"), Ct));
    }

    private PushKeys Keys(Gapura.Storage.Database database) => new(database, Master, new Gapura.Storage.Revisions(database), Clock);

    private async Task<(string Account, string First, string Second)> Two()
    {
        var (account, _) = await Seed.People(Database, Clock);
        var (first, second) = (Seed.Device(account.Id, Clock), Seed.Device(account.Id, Clock));
        await Devices.TryEnrol(first, Hand.Operator, Ct);
        await Devices.TryEnrol(second, Hand.Operator, Ct);
        Assert.True(await Endpoints.TrySet(first.Id, account.Id, "a", Ct));
        Assert.True(await Endpoints.TrySet(second.Id, account.Id, "b", Ct));
        return (account.Id, first.Id, second.Id);
    }
}

public sealed class DevicePushEndpointsOnSqlite(SqliteStore store) : DevicePushEndpointsContract(store), IClassFixture<SqliteStore>;

public sealed class DevicePushEndpointsOnPostgres(PostgresStore store) : DevicePushEndpointsContract(store), IClassFixture<PostgresStore>;

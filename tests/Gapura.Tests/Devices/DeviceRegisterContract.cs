using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Devices;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Devices;

public abstract class DeviceRegisterContract(Store store) : StoreContract(store)
{
    private Grants Grants => field ??= new Grants(Database, Clock);

    private DeviceNotices Notices { get; } = new();

    private DeviceRegister Devices => field ??= new DeviceRegister(Database, Grants, new AuditLog(Database), Notices, Clock);

    private AccountRegister Accounts => field ??= new AccountRegister(Database, Clock);

    [Fact]
    public async Task Everything_about_it_is_kept()
    {
        var (account, _) = await Seed.People(Database, Clock);
        var first = Seed.Device(account.Id, Clock);
        Clock.Pass(TimeSpan.FromDays(1));
        var second = Seed.Device(account.Id, Clock) with { Name = "Tablet 📱" };
        Assert.True(await Devices.TryEnrol(first, Hand.Operator, Ct));
        Assert.True(await Devices.TryEnrol(second, Hand.Operator, Ct));
        Assert.Equal([first, second], await Devices.Of(account.Id, Ct));
        Assert.Equal(first, await Devices.Active(first.PublicKey, Ct));
        Assert.Empty(await Devices.Of("nobody", Ct));
        Assert.Null(await Devices.Active(first.PublicKey.ToUpperInvariant(), Ct));
    }

    [Fact]
    public async Task A_key_is_enrolled_once_for_anybody_even_by_32_at_once()
    {
        var (account, _) = await Seed.People(Database, Clock);
        var other = Seed.Account("lain", Clock);
        await Accounts.TryAdd(other, null, Ct);
        var key = Seed.Device(account.Id, Clock).PublicKey;
        var enrolled = await AtOnce.Run(32, i => Devices.TryEnrol(Seed.Device(i % 2 == 0 ? account.Id : other.Id, Clock) with { PublicKey = key }, Hand.Operator, Ct));
        Assert.Single(enrolled, e => e);
    }

    [Fact]
    public async Task A_revoked_key_never_comes_back()
    {
        var (account, _) = await Seed.People(Database, Clock);
        var device = Seed.Device(account.Id, Clock);
        await Devices.TryEnrol(device, Hand.Operator, Ct);
        Assert.True(await Devices.Revoke(device.Id, account.Id, Hand.Operator, Ct));
        Assert.False(await Devices.Revoke(device.Id, account.Id, Hand.Operator, Ct));
        Assert.Null(await Devices.Active(device.PublicKey, Ct));
        Assert.Equal(Clock.Now, Assert.Single(await Devices.Of(account.Id, Ct)).RevokedAt);
        Assert.False(await Devices.TryEnrol(Seed.Device(account.Id, Clock) with { PublicKey = device.PublicKey }, Hand.Operator, Ct));
        Assert.False(await Database.Write(sql => Devices.TryUse(sql, device.Id), Ct));
    }

    [Fact]
    public async Task Nobody_revokes_anothers_but_an_operator()
    {
        var (account, _) = await Seed.People(Database, Clock);
        var device = Seed.Device(account.Id, Clock);
        await Devices.TryEnrol(device, Hand.Operator, Ct);
        Assert.False(await Devices.Revoke(device.Id, "somebody else", Hand.Operator, Ct));
        Assert.False(await Devices.Revoke("unknown", null, Hand.Operator, Ct));
        Assert.NotNull(await Devices.Active(device.PublicKey, Ct));
        Assert.True(await Devices.Revoke(device.Id, null, Hand.Operator, Ct));
    }

    [Fact]
    public async Task Revoking_it_ends_every_grant_it_approved_and_no_other()
    {
        var (account, platform) = await Seed.People(Database, Clock);
        var (lost, kept) = (Seed.Device(account.Id, Clock), Seed.Device(account.Id, Clock));
        await Devices.TryEnrol(lost, Hand.Operator, Ct);
        await Devices.TryEnrol(kept, Hand.Operator, Ct);
        Grant[] ended = [.. Enumerable.Range(0, 3).Select(_ => Seed.Grant(account.Id, platform.ClientId, Clock, lost.Id))];
        Grant[] standing = [Seed.Grant(account.Id, platform.ClientId, Clock, kept.Id), Seed.Grant(account.Id, platform.ClientId, Clock)];
        await Database.Write(async sql =>
        {
            foreach (var grant in ended.Concat(standing)) await Grants.Add(sql, grant);
        }, Ct);
        await Devices.Revoke(lost.Id, account.Id, Hand.Operator, Ct);
        foreach (var grant in ended) Assert.Null(await Grants.Standing(grant.Id, Ct));
        foreach (var grant in standing) Assert.Equal(grant, await Grants.Standing(grant.Id, Ct));
    }

    [Fact]
    public async Task Its_use_is_noted()
    {
        var (account, _) = await Seed.People(Database, Clock);
        var device = Seed.Device(account.Id, Clock);
        await Devices.TryEnrol(device, Hand.Operator, Ct);
        Clock.Pass(TimeSpan.FromHours(1));
        Assert.True(await Database.Write(sql => Devices.TryUse(sql, device.Id), Ct));
        Assert.Equal(Clock.Now, (await Devices.Active(device.PublicKey, Ct))!.LastUsedAt);
        Assert.False(await Database.Write(sql => Devices.TryUse(sql, "unknown"), Ct));
    }

    [Fact]
    public async Task A_disabled_accounts_phone_opens_nothing()
    {
        var (account, _) = await Seed.People(Database, Clock);
        var device = Seed.Device(account.Id, Clock);
        await Devices.TryEnrol(device, Hand.Operator, Ct);
        await Database.Write(sql => Accounts.Disable(sql, account.Id), Ct);
        Assert.Null(await Devices.Active(device.PublicKey, Ct));
        Assert.False(await Database.Write(sql => Devices.TryUse(sql, device.Id), Ct));
    }

    [Fact]
    public async Task A_use_and_a_revocation_at_once_leave_no_grant_standing()
    {
        var (account, platform) = await Seed.People(Database, Clock);
        for (var round = 0; round < 20; round++)
        {
            var device = Seed.Device(account.Id, Clock);
            await Devices.TryEnrol(device, Hand.Operator, Ct);
            var grants = await AtOnce.Run(8, async i =>
            {
                if (i == 3) await Devices.Revoke(device.Id, account.Id, Hand.Operator, Ct);
                var grant = Seed.Grant(account.Id, platform.ClientId, Clock, device.Id);
                await Database.Write(async sql =>
                {
                    if (await Devices.TryUse(sql, device.Id)) await Grants.Add(sql, grant);
                }, Ct);
                return grant;
            });
            foreach (var grant in grants) Assert.Null(await Grants.Standing(grant.Id, Ct));
        }
    }
}

public sealed class DeviceRegisterOnSqlite(SqliteStore store) : DeviceRegisterContract(store), IClassFixture<SqliteStore>;

public sealed class DeviceRegisterOnPostgres(PostgresStore store) : DeviceRegisterContract(store), IClassFixture<PostgresStore>;

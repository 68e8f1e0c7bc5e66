using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Devices;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Tokens;

public abstract class GrantsContract(Store store) : StoreContract(store)
{
    private Grants Grants => field ??= new Grants(Database, Clock);

    [Fact]
    public async Task Everything_about_it_is_kept()
    {
        var (account, platform) = await Seed.People(Database, Clock);
        var device = Seed.Device(account.Id, Clock);
        await new DeviceRegister(Database, Grants, new AuditLog(Database), new DeviceNotices(), Clock).TryEnrol(device, Hand.Operator, Ct);
        foreach (var grant in new[] { Seed.Grant(account.Id, platform.ClientId, Clock), Seed.Grant(account.Id, platform.ClientId, Clock, device.Id) })
        {
            await Database.Write(sql => Grants.Add(sql, grant), Ct);
            Assert.Equal(grant, await Grants.Standing(grant.Id, Ct));
        }

        Assert.Null(await Grants.Standing("unknown", Ct));
    }

    [Fact]
    public async Task Revoked_it_stands_no_more_and_its_neighbour_does()
    {
        var (one, other, _) = await Two();
        await Database.Write(sql => Grants.Revoke(sql, one.Id), Ct);
        Assert.Null(await Grants.Standing(one.Id, Ct));
        Assert.NotNull(await Grants.Standing(other.Id, Ct));
    }

    [Fact]
    public async Task An_accounts_grants_end_together()
    {
        var (one, other, account) = await Two();
        await Database.Write(sql => Grants.RevokeOfAccount(sql, account.Id), Ct);
        Assert.Null(await Grants.Standing(one.Id, Ct));
        Assert.Null(await Grants.Standing(other.Id, Ct));
    }

    [Fact]
    public async Task A_disabled_accounts_do_not_stand()
    {
        var (one, _, account) = await Two();
        await Database.Write(sql => new AccountRegister(Database, Clock).Disable(sql, account.Id), Ct);
        Assert.Null(await Grants.Standing(one.Id, Ct));
    }

    [Fact]
    public async Task Swept_a_day_after_their_last_use()
    {
        var (one, other, _) = await Two();
        var tokens = new RefreshTokens(Database, Grants, Master, Seed.Tokens, Clock);
        await Database.Write(sql => tokens.Issue(sql, other.Id), Ct);
        Clock.Pass(TimeSpan.FromDays(1));
        await Sweep();
        Assert.NotNull(await Grants.Standing(one.Id, Ct));
        Clock.Pass(TimeSpan.FromMilliseconds(1));
        await Sweep();
        Assert.Null(await Grants.Standing(one.Id, Ct));
        Assert.NotNull(await Grants.Standing(other.Id, Ct));
        Clock.Pass(Seed.Tokens.RefreshTokenLifetime);
        await Sweep();
        Assert.Null(await Grants.Standing(other.Id, Ct));

        async Task Sweep()
        {
            await tokens.Sweep(Clock.Now, Ct);
            await Grants.Sweep(Clock.Now, Ct);
        }
    }

    private async Task<(Grant One, Grant Other, Account Account)> Two()
    {
        var (account, platform) = await Seed.People(Database, Clock);
        var (one, other) = (Seed.Grant(account.Id, platform.ClientId, Clock), Seed.Grant(account.Id, platform.ClientId, Clock));
        await Database.Write(async sql =>
        {
            await Grants.Add(sql, one);
            await Grants.Add(sql, other);
        }, Ct);
        return (one, other, account);
    }
}

public sealed class GrantsOnSqlite(SqliteStore store) : GrantsContract(store), IClassFixture<SqliteStore>;

public sealed class GrantsOnPostgres(PostgresStore store) : GrantsContract(store), IClassFixture<PostgresStore>;

using Gapura.Kernel;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Tokens;

public abstract class RefreshTokensContract(Store store) : StoreContract(store)
{
    private Grants Grants => field ??= new Grants(Database, Clock);

    private RefreshTokens Tokens => field ??= new RefreshTokens(Database, Grants, Master, Seed.Tokens, Clock);

    [Fact]
    public async Task Each_is_good_for_one_rotation_of_the_same_grant()
    {
        var (grant, token) = await Issue();
        Assert.Matches("^gpr_[A-Za-z0-9_-]{43}$", token.Reveal());
        for (var i = 0; i < 5; i++)
        {
            var rotated = (await Tokens.Rotate(token, new Renewer("ttb"), Ct))!.Value;
            Assert.Equal(grant, rotated.Grant);
            Assert.NotEqual(token, rotated.Successor);
            Assert.Matches("^gpr_[A-Za-z0-9_-]{43}$", rotated.Successor.Reveal());
            token = rotated.Successor;
            Clock.Pass(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Repeated_within_30_seconds_it_gets_the_same_successor()
    {
        var (_, token) = await Issue();
        var first = await Rotate(token);
        Clock.Pass(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first, await Rotate(token));
        Assert.NotNull(await Rotate(first!.Value));
    }

    [Fact]
    public async Task Of_20_at_once_all_get_the_one_successor()
    {
        for (var round = 0; round < 10; round++)
        {
            var (grant, token) = await Issue();
            var successors = await AtOnce.Run(20, _ => Rotate(token));
            Assert.NotNull(Assert.Single(successors.Distinct()));
            Assert.Equal(2, await Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM refresh_tokens WHERE grant_id = @Id", new { grant.Id }), Ct));
            Assert.NotNull(await Grants.Standing(grant.Id, Ct));
        }
    }

    [Fact]
    public async Task Reused_after_30_seconds_it_ends_the_grant()
    {
        var (grant, token) = await Issue();
        var successor = (await Rotate(token))!.Value;
        Clock.Pass(TimeSpan.FromSeconds(30));
        Assert.Null(await Rotate(token));
        Assert.Null(await Grants.Standing(grant.Id, Ct));
        Assert.Null(await Rotate(successor));
    }

    [Fact]
    public async Task The_predecessors_predecessor_ends_the_grant_at_once()
    {
        var (grant, token) = await Issue();
        var second = (await Rotate(token))!.Value;
        var third = (await Rotate(second))!.Value;
        Assert.Null(await Rotate(token));
        Assert.Null(await Grants.Standing(grant.Id, Ct));
        Assert.Null(await Rotate(third));
        Assert.Null(await Rotate(second));
    }

    [Fact]
    public async Task The_end_of_one_grant_is_not_the_end_of_another()
    {
        var (_, stolen) = await Issue();
        var (_, other) = await Issue();
        await Rotate(stolen);
        Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(await Rotate(stolen));
        Assert.NotNull(await Rotate(other));
    }

    [Fact]
    public async Task It_expires_and_each_rotation_starts_its_time_anew()
    {
        var (_, token) = await Issue();
        Clock.Pass(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        var successor = (await Rotate(token))!.Value;
        Clock.Pass(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await Tokens.Find(successor, Ct));
        Clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Tokens.Find(successor, Ct));
        Assert.Null(await Rotate(successor));
    }

    [Fact]
    public async Task Another_client_is_refused_and_does_no_harm()
    {
        var (grant, token) = await Issue();
        Assert.Null(await Tokens.Rotate(token, new Renewer("another"), Ct));
        Assert.Null(await Tokens.Rotate(token, new Renewer(""), Ct));
        Assert.False(await Tokens.Revoke(token, "another", Ct));
        Assert.NotNull(await Grants.Standing(grant.Id, Ct));
        Assert.NotNull(await Tokens.Rotate(token, new Renewer(null), Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpr_")]
    [InlineData("gpr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    public async Task Anything_else_is_refused(string text)
    {
        await Issue();
        Assert.Null(await Rotate(new Secret(text)));
        Assert.Null(await Tokens.Find(new Secret(text), Ct));
        Assert.False(await Tokens.Revoke(new Secret(text), "ttb", Ct));
    }

    [Fact]
    public async Task Revoked_by_any_token_of_its_chain_the_grant_is_over()
    {
        var (grant, token) = await Issue();
        var successor = (await Rotate(token))!.Value;
        Assert.True(await Tokens.Revoke(token, "ttb", Ct));
        Assert.Null(await Grants.Standing(grant.Id, Ct));
        Assert.Null(await Rotate(successor));
        Assert.Null(await Tokens.Find(successor, Ct));
    }

    [Fact]
    public async Task Found_as_long_as_it_could_be_traded()
    {
        var (grant, token) = await Issue();
        Assert.Equal((grant, Clock.Now.AddDays(30)), await Tokens.Find(token, Ct));
        await Rotate(token);
        Assert.Null(await Tokens.Find(token, Ct));
    }

    [Fact]
    public async Task Nothing_in_the_database_signs_anybody_in()
    {
        var (_, token) = await Issue();
        var successor = (await Rotate(token))!.Value;
        var kept = await Database.Read(sql => sql.Rows<byte[]>("SELECT hash FROM refresh_tokens"), Ct);
        Assert.Equal(new[] { token, successor }.Select(t => Convert.ToHexString(t.Hash())).Order(), kept.Select(Convert.ToHexString).Order());
        foreach (var hash in kept)
        {
            Assert.Null(await Rotate(new Secret(Convert.ToHexStringLower(hash))));
            Assert.Null(await Rotate(new Secret("gpr_" + System.Buffers.Text.Base64Url.EncodeToString(hash))));
        }
    }

    [Fact]
    public async Task Another_installation_computes_another_successor()
    {
        var (_, token) = await Issue();
        var successor = await Rotate(token);
        var other = new RefreshTokens(Database, Grants, new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)), Seed.Tokens, Clock);
        Assert.NotEqual(successor, (await other.Rotate(token, new Renewer("ttb"), Ct))?.Successor);
    }

    [Fact]
    public async Task Swept_after_expiry_and_reuse_is_noticed_until_then()
    {
        var (grant, token) = await Issue();
        await Rotate(token);
        Clock.Pass(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        await Tokens.Sweep(Clock.Now, Ct);
        Assert.Null(await Rotate(token));
        Assert.Null(await Grants.Standing(grant.Id, Ct));
        Clock.Pass(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));
        await Tokens.Sweep(Clock.Now, Ct);
        Assert.Equal(0, await Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM refresh_tokens"), Ct));
    }

    private async Task<Secret?> Rotate(Secret token) => (await Tokens.Rotate(token, new Renewer("ttb"), Ct))?.Successor;

    private async Task<(Grant Grant, Secret Token)> Issue()
    {
        var accounts = new Gapura.Accounts.AccountRegister(Database, Clock);
        var account = (await accounts.Find("coba", Ct))?.Account ?? (await Seed.People(Database, Clock)).Account;
        var grant = Seed.Grant(account.Id, "ttb", Clock);
        return (grant, await Database.Write(async sql =>
        {
            await Grants.Add(sql, grant);
            return await Tokens.Issue(sql, grant.Id);
        }, Ct));
    }
}

public sealed class RefreshTokensOnSqlite(SqliteStore store) : RefreshTokensContract(store), IClassFixture<SqliteStore>;

public sealed class RefreshTokensOnPostgres(PostgresStore store) : RefreshTokensContract(store), IClassFixture<PostgresStore>;

using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Platforms;

public abstract class PlatformRegisterContract(Store store) : StoreContract(store)
{
    private PlatformRegister Platforms => field ??= new PlatformRegister(Database, new Revisions(Database), Clock);

    [Fact]
    public async Task Everything_about_it_is_kept()
    {
        var full = Seed.Platform("full", Clock) with
        {
            Origins = [Seed.Origin("https://a.example"), Seed.Origin("http://localhost:5081")],
            RedirectUris = ["https://a.example/cb?x=1", "https://b.example/cb"],
            IsResourceApi = true,
        };
        var bare = Seed.Platform("bare", Clock) with { Description = null };
        await Platforms.TryAdd(full, Ct);
        await Platforms.TryAdd(bare, Ct);
        await Platforms.Refresh(Ct);
        foreach (var (kept, given) in new[] { (Platforms.Active("full")!, full), (Platforms.Active("bare")!, bare) })
        {
            Assert.Equal(given.Origins, kept.Origins);
            Assert.Equal(given.RedirectUris, kept.RedirectUris);
            Assert.Equal(given, kept with { Origins = given.Origins, RedirectUris = given.RedirectUris });
        }

        Assert.Equal(["bare", "full"], (await Platforms.List(Ct)).Select(p => p.ClientId));
    }

    [Fact]
    public async Task A_client_id_is_taken_once_even_by_32_at_once()
    {
        var added = await AtOnce.Run(32, i => Platforms.TryAdd(Seed.Platform("ttb", Clock) with { Name = $"{i}" }, Ct));
        var winner = Assert.Single(added.Index(), a => a.Item).Index;
        await Platforms.Refresh(Ct);
        Assert.Equal($"{winner}", Platforms.Active("ttb")!.Name);
        Assert.True(await Platforms.TryAdd(Seed.Platform("TTB", Clock), Ct));
    }

    [Fact]
    public async Task Its_origins_are_known_as_long_as_it_is_active()
    {
        await Platforms.TryAdd(Seed.Platform("ttb", Clock) with { Origins = [Seed.Origin("https://shop.example:8443")] }, Ct);
        await Platforms.Refresh(Ct);
        Assert.True(Platforms.HasOrigin("https://ttb.example.com"));
        Assert.True(Platforms.HasOrigin("https://shop.example:8443"));
        foreach (var foreign in new[] { "https://shop.example", "http://ttb.example.com", "https://ttb.example.com.evil.example", "https://ttb.example.com.", "https://ttb.example.com/", "https://TTB.example.com", "null", "*", "" })
            Assert.False(Platforms.HasOrigin(foreign));

        await Platforms.SetDisabled("ttb", disabled: true, Ct);
        await Platforms.Refresh(Ct);
        Assert.False(Platforms.HasOrigin("https://ttb.example.com"));
        Assert.Null(Platforms.Active("ttb"));
        Assert.Equal(Clock.Now, Assert.Single(await Platforms.List(Ct)).DisabledAt);

        await Platforms.SetDisabled("ttb", disabled: false, Ct);
        await Platforms.Refresh(Ct);
        Assert.NotNull(Platforms.Active("ttb"));
        Assert.False(await Platforms.SetDisabled("unknown", disabled: true, Ct));
    }

    [Fact]
    public async Task One_added_on_another_node_is_known_after_the_next_look()
    {
        await Platforms.Refresh(Ct);
        var other = await OpenAgain();
        await new PlatformRegister(other, new Revisions(other), Clock).TryAdd(Seed.Platform("ttb", Clock), Ct);
        Assert.Null(Platforms.Active("ttb"));
        await Platforms.Refresh(Ct);
        Assert.NotNull(Platforms.Active("ttb"));
        Assert.Null(Platforms.Active("TTB"));
    }
}

public sealed class PlatformRegisterOnSqlite(SqliteStore store) : PlatformRegisterContract(store), IClassFixture<SqliteStore>;

public sealed class PlatformRegisterOnPostgres(PostgresStore store) : PlatformRegisterContract(store), IClassFixture<PostgresStore>;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("ttb", true)]
    [InlineData("A.b_c-9", true)]
    [InlineData("", false)]
    [InlineData("a:b", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    public void Client_ids(string text, bool valid) => Assert.Equal(valid, Platform.IsClientId(text));

    [Fact]
    public void Client_ids_have_64_characters_at_most()
    {
        Assert.True(Platform.IsClientId(new string('a', 64)));
        Assert.False(Platform.IsClientId(new string('a', 65)));
    }

    [Theory]
    [InlineData("https://ttb.example/cb", true)]
    [InlineData("https://ttb.example/cb?x=1", true)]
    [InlineData("http://localhost:5081/cb", true)]
    [InlineData("http://127.0.0.1/cb", true)]
    [InlineData("http://ttb.example/cb", false)]
    [InlineData("https://ttb.example/cb#fragment", false)]
    [InlineData("https://user@ttb.example/cb", false)]
    [InlineData("https://*.example/cb", false)]
    [InlineData("/cb", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    [InlineData("https://ttb.example/\nhttps://evil.example/", false)] // the store keeps one to a line
    [InlineData("https://ttb.example/cb ", false)]
    [InlineData("https://ttb.example/c b", false)]
    public void Redirect_uris(string text, bool valid) => Assert.Equal(valid, Platform.IsRedirectUri(text));
}

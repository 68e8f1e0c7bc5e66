using System.Text.Json;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What a person is called towards platforms that registered <c>pairwise</c> (OpenID Connect Core 1.0 section 8).</summary>
public sealed class PairwiseSubjectTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_sectors_know_two_names_and_one_sector_knows_one()
    {
        await Register("satu", "https://satu.example.com/cb", null);
        await Register("dua", "https://dua.example.com/cb", null);
        await Register("tiga", "https://satu.example.com/other", null);
        await Register("empat", "https://empat.example.com/cb", "https://satu.example.com/sector.json");
        await Register("umum", "https://umum.example.com/cb", null, "public");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in (string[])["satu", "dua", "tiga", "empat", "umum"]) names[id] = Sub((await Tokens(id)).GetProperty("id_token").GetString()!);
        Assert.Equal(server.Account.Id, names["umum"]);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", names["satu"]);
        Assert.NotEqual(names["satu"], names["dua"]);
        Assert.Equal([names["satu"], names["satu"]], [names["tiga"], names["empat"]]);
    }

    [Fact]
    public async Task A_platform_hears_one_name_everywhere_and_a_resource_API_knows_the_account()
    {
        var key = await Register("lima", "https://lima.example.com/cb", null, keyed: true);
        var tokens = await Tokens("lima", key);
        var access = tokens.GetProperty("access_token").GetString()!;
        var name = Sub(tokens.GetProperty("id_token").GetString()!);
        Assert.NotEqual(server.Account.Id, name);
        Assert.Equal(name, Sub(access));
        Assert.Equal(name, (await server.Get("/oauth/userinfo", ("Authorization", $"Bearer {access}"))).IsOk().Json.GetProperty("sub").GetString());
        Assert.Equal(name, (await server.Introspect(access, key)).IsOk().Json.GetProperty("sub").GetString());
        Assert.Equal(name, (await server.Introspect(tokens.GetProperty("refresh_token").GetString()!, key)).IsOk().Json.GetProperty("sub").GetString());

        // An API that answers to everybody must know who it is, whoever they came by.
        Assert.Equal(server.Account.Id, (await server.Introspect(access, server.ResourceApiKey)).IsOk().Json.GetProperty("sub").GetString());
        var renewed = (await server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!), ("client_id", "lima"), ("client_secret", key)])).IsOk().Json;
        Assert.Equal(name, Sub(renewed.GetProperty("access_token").GetString()!));
    }

    [Fact]
    public async Task The_doors_say_the_same_name()
    {
        await Register("enam", "https://enam.example.com/cb", null);
        var atTheDoor = Sub((await server.SignIn("enam")).Access);
        Assert.Equal(Sub((await Tokens("enam")).GetProperty("id_token").GetString()!), atTheDoor);
        Assert.NotEqual(server.Account.Id, atTheDoor);
    }

    private async Task<string> Register(string clientId, string redirectUri, string? sector, string type = "pairwise", bool keyed = false)
    {
        Assert.True(await server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = clientId, Company = "PT", Domain = Seed.Origin(new Uri(redirectUri).GetLeftPart(UriPartial.Authority)), RedirectUris = [redirectUri, CodeFlow.Callback], CreatedAt = server.Clock.Now,
            Client = new ClientSettings { SubjectType = type, SectorIdentifierUri = sector },
        }, Ct));
        var key = keyed ? (await server.Get<ApiKeys>().Issue(clientId, null, Ct))!.Value.Key.Reveal() : "";
        await server.Follow();
        return key;
    }

    private async Task<JsonElement> Tokens(string clientId, string? key = null)
    {
        var flow = new CodeFlow(server);
        return (await flow.Exchange((await flow.ToCallback(("client_id", clientId)))["code"], key, ("client_id", clientId))).IsOk().Json;
    }

    private static string Sub(string token) => CodeFlow.Claims(token).GetProperty("sub").GetString()!;
}

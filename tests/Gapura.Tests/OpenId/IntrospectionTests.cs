using System.Buffers.Text;
using System.Text;
using Gapura.Devices;
using Gapura.Platforms;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>RFC 7662: whoever may ask hears whether a token stands now; everything else is inactive, in one form.</summary>
public sealed class IntrospectionTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Inactive = """{"active":false}""";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_platform_hears_about_its_own_token()
    {
        var (access, _) = await server.SignIn();
        var claims = QrSteps.Claims(access);
        var reply = await server.Introspect(access, server.ApiKey);
        reply.Is(200, $$"""{"active":true,"sub":"{{server.Account.Id}}","username":"cobajualan","client_id":"client-1","token_type":"Bearer","iss":"http://localhost:5080","aud":"http://localhost:5080","iat":{{claims.GetProperty("iat")}},"exp":{{claims.GetProperty("exp")}},"jti":"{{claims.GetProperty("jti").GetString()}}"}""");
        Assert.Equal("no-store", reply["Cache-Control"]);
    }

    [Fact]
    public async Task A_resource_API_hears_about_everybodys_and_the_tax_number_too()
    {
        foreach (var clientId in (string[])[GapuraServer.ClientId, GapuraServer.OtherClientId])
        {
            var answer = (await server.Introspect((await server.SignIn(clientId)).Access, server.ResourceApiKey)).IsOk().Json;
            Assert.Equal((true, "018263453454543", clientId), (answer.GetProperty("active").GetBoolean(), answer.GetProperty("npwp").GetString(), answer.GetProperty("client_id").GetString()));
        }
    }

    [Fact]
    public async Task A_platform_that_was_handed_the_tax_number_hears_it_again()
    {
        var browser = new Browser(server);
        var message = (await browser.SignInAt(await browser.OpenPopup(await server.Ticket()))).Message().Message;
        var answer = (await server.Introspect(SeamlessSteps.AccessTokenOf(message), server.ApiKey)).IsOk().Json;
        Assert.Equal("018263453454543", answer.GetProperty("npwp").GetString());
        Assert.Equal("cobajualan", answer.GetProperty("username").GetString());
    }

    [Fact]
    public async Task Another_platforms_token_is_inactive() =>
        (await server.Introspect((await server.SignIn()).Access, server.OtherApiKey)).Is(200, Inactive);

    [Fact]
    public async Task A_refresh_token_is_its_own_platforms_business_alone()
    {
        var (_, refresh) = await server.SignIn();
        var answer = (await server.Introspect(refresh, server.ApiKey)).IsOk();
        answer.Is(200, $$"""{"active":true,"sub":"{{server.Account.Id}}","client_id":"client-1","iss":"http://localhost:5080","exp":{{answer.Json.GetProperty("exp")}}}""");
        (await server.Introspect(refresh, server.OtherApiKey)).Is(200, Inactive);
        (await server.Introspect(refresh, server.ResourceApiKey)).Is(200, Inactive);
        (await server.Refresh(refresh)).NextRefreshToken();
        (await server.Introspect(refresh, server.ApiKey)).Is(200, Inactive);
    }

    [Fact]
    public async Task A_forged_an_altered_and_a_malformed_token_are_inactive()
    {
        var (access, _) = await server.SignIn();
        var parts = access.Split('.');
        var none = Base64Url.EncodeToString(Encoding.ASCII.GetBytes("""{"alg":"none","typ":"at+jwt"}"""));
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        var other = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Replace("client-1", "client-2", StringComparison.Ordinal)));
        var plain = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(parts[0])).Replace("at+jwt", "JWT", StringComparison.Ordinal)));
        foreach (var token in (string[])[$"{none}.{parts[1]}.", $"{none}.{parts[1]}.{parts[2]}", $"{plain}.{parts[1]}.{parts[2]}", $"{parts[0]}.{other}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}", access + ".", access + "=", " " + access, access[..^1], "...", "..", ".", "x.y.z", "é.é.é", new string('.', 4000), access.ToUpperInvariant()])
            (await server.Introspect(token, server.ResourceApiKey)).Is(200, Inactive);

        // The last character of a signature carries bits that decode to nothing: only the one form is the token.
        var last = access[^1];
        foreach (var twin in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != last))
            (await server.Introspect(access[..^1] + twin, server.ResourceApiKey)).Is(200, Inactive);
        Assert.True((await server.Introspect(access, server.ResourceApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_token_is_active_until_its_expiry_to_the_second()
    {
        await using var own = await GapuraServer.Start();
        var (access, _) = await own.SignIn();
        own.Clock.Pass(TimeSpan.FromSeconds(900) - TimeSpan.FromMilliseconds(1));
        Assert.True((await own.Introspect(access, own.ApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        own.Clock.Pass(TimeSpan.FromMilliseconds(1));
        (await own.Introspect(access, own.ApiKey)).Is(200, Inactive);
    }

    [Fact]
    public async Task A_revoked_phones_and_a_disabled_persons_tokens_are_inactive_at_once()
    {
        await using var own = await GapuraServer.Start();
        using var second = new Phone();
        await own.Enrol(own.Account, second);
        var ofFirst = (await own.SignIn()).Access;
        var ofSecond = (await own.Approve(await own.Open(QrSteps.NewNonce()), second)).AccessToken();
        Assert.True(await own.Get<DeviceRegister>().Revoke(own.DeviceId, null, Gapura.Audit.Hand.Operator, Ct));
        (await own.Introspect(ofFirst, own.ResourceApiKey)).Is(200, Inactive);
        Assert.True((await own.Introspect(ofSecond, own.ResourceApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        await own.Disable(own.Account);
        (await own.Introspect(ofSecond, own.ResourceApiKey)).Is(200, Inactive);
    }

    [Fact]
    public async Task Nobody_asks_without_a_key()
    {
        var (access, _) = await server.SignIn();
        foreach (var reply in (Reply[])
        [
            await server.PostForm("/oauth/introspect", [("token", access)]),
            await server.PostForm("/oauth/introspect", [("token", access), ("client_id", "client-1")]),
            await server.PostForm("/oauth/introspect", [("token", access)], ("beacukai-api-key", "wrong")),
            await server.PostForm("/oauth/introspect", [("token", access)], ("Authorization", "Bearer " + access)),
        ])
        {
            reply.IsRefused("invalid_client", "The client could not be authenticated.", 401);
            Assert.Equal("Basic realm=\"Gapura\", charset=\"UTF-8\"", reply["WWW-Authenticate"]);
        }

        (await server.PostForm("/oauth/introspect", [], ("beacukai-api-key", server.ApiKey))).IsRefused("invalid_request", "token is missing.");
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"client-1:{server.ApiKey}"));
        (await server.PostForm("/oauth/introspect", [("token", access)], ("Authorization", basic))).IsOk();
    }

    [Fact]
    public async Task A_disabled_platforms_key_asks_nothing_any_more_and_its_tokens_are_inactive()
    {
        await using var own = await GapuraServer.Start();
        var (access, refresh) = await own.SignIn();
        Assert.True((await own.Introspect(access, own.ResourceApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        Assert.True(await own.Get<PlatformRegister>().SetDisabled(GapuraServer.ClientId, disabled: true, Ct));
        await own.Follow();
        (await own.Introspect(access, own.ApiKey)).IsRefused("invalid_client", 401);
        (await own.Introspect(access, own.ResourceApiKey)).Is(200, Inactive);
        (await own.Refresh(refresh)).IsRefused("invalid_client", 401);
    }
}

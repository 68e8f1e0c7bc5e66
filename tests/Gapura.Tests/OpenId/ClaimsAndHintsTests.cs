using Gapura.OpenId.Authorization;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Single claims (<c>claims</c>), and who is meant (<c>id_token_hint</c>, <c>sub</c>), over HTTP.</summary>
public sealed class ClaimsAndHintsTests(GapuraServer server) : IClassFixture<GapuraServer>, IAsyncLifetime
{
    private const string ForTheIdToken = """{"id_token":{"name":null,"npwp":null},"userinfo":{"preferred_username":null}}""";

    public async ValueTask InitializeAsync()
    {
        server.Clock.Pass(TimeSpan.FromMinutes(15));
        if (server.Get<PlatformRegister>().Active(CodeFlow.ClientId) is null) await CodeFlow.Register(server);
        if (server.Get<PlatformRegister>().Active("inside") is null) await CodeFlow.Register(server, "inside", client: new ClientSettings { ScopeClaimsInIdToken = true });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Single_claims_are_told_where_they_were_asked_for_and_nowhere_else()
    {
        var flow = Flow();
        var tokens = (await flow.Exchange((await flow.ToCallback(("scope", "openid"), ("claims", ForTheIdToken)))["code"])).IsOk().Json;
        var claims = CodeFlow.Claims(tokens.GetProperty("id_token").GetString()!);
        Assert.Equal(("Coba Jualan", "018263453454543"), (claims.GetProperty("name").GetString(), claims.GetProperty("npwp").GetString()));
        Assert.False(claims.TryGetProperty("preferred_username", out _));
        Assert.Equal($$"""{"sub":"{{server.Account.Id}}","preferred_username":"cobajualan"}""", (await UserInfo(tokens)).IsOk().Text);
    }

    [Fact]
    public async Task The_person_is_asked_for_single_claims_as_for_scopes()
    {
        var flow = Flow();
        await flow.ToCallback(("scope", "openid"));
        var page = await flow.Authorize(("scope", "openid"), ("claims", """{"userinfo":{"email":null}}"""));
        Assert.Contains("your email address", page.IsOk().Text, StringComparison.Ordinal);
        Assert.Equal("consent_required", CodeFlow.Answer((await flow.Authorize(("scope", "openid"), ("claims", """{"userinfo":{"email":null}}"""), ("prompt", "none")))["Location"]!)["error"]);
    }

    [Fact]
    public async Task A_client_that_asks_nowhere_else_finds_its_scopes_in_the_ID_token()
    {
        var flow = Flow();
        var tokens = (await flow.Exchange((await flow.ToCallback(("client_id", "inside"), ("scope", "openid profile")))["code"], null, ("client_id", "inside"))).IsOk().Json;
        Assert.Equal("Coba Jualan", CodeFlow.Claims(tokens.GetProperty("id_token").GetString()!).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Whoever_the_hint_names_is_answered_for_without_a_question_and_nobody_else()
    {
        var flow = Flow();
        var hint = (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json.GetProperty("id_token").GetString()!;
        Assert.Contains("code", CodeFlow.Answer((await flow.Authorize(("prompt", "none"), ("id_token_hint", hint)))["Location"]!).Keys);

        await server.AddAccount("oranglain");
        var other = Flow();
        Assert.Equal(303, (await other.Browser.SignIn("oranglain")).Status);
        Assert.Equal("login_required", CodeFlow.Answer((await other.Authorize(("prompt", "none"), ("id_token_hint", hint)))["Location"]!)["error"]);
        Assert.StartsWith("/sign-in?next=", (await other.Authorize(("id_token_hint", hint)))["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hint_that_is_not_this_clients_is_refused()
    {
        var flow = Flow();
        var tokens = (await flow.Exchange((await flow.ToCallback(("client_id", "inside")))["code"], null, ("client_id", "inside"))).IsOk().Json;
        foreach (var hint in (string[])[tokens.GetProperty("id_token").GetString()!, tokens.GetProperty("access_token").GetString()!, "eyJhbGciOiJub25lIn0.e30.", "x"])
            Assert.Equal("invalid_request", CodeFlow.Answer((await flow.Authorize(("prompt", "none"), ("id_token_hint", hint)))["Location"]!)["error"]);
    }

    [Fact]
    public async Task Whoever_typed_a_password_is_sent_to_the_phone_where_only_that_will_do()
    {
        var flow = Flow();
        await flow.ToCallback();
        var location = (await flow.Authorize(("acr_values", Acr.Phone)))["Location"]!;
        Assert.EndsWith("&with=phone", location, StringComparison.Ordinal);
        var page = (await flow.Browser.Get(location)).IsOk().Text;
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
        Assert.Contains("data-client=\"gapura\"", page, StringComparison.Ordinal);
        Assert.Equal("login_required", CodeFlow.Answer((await flow.Authorize(("acr_values", Acr.Phone), ("prompt", "none")))["Location"]!)["error"]);
    }

    private CodeFlow Flow() => new(server) { Browser = new Browser(server) };

    private Task<Reply> UserInfo(System.Text.Json.JsonElement tokens) => server.Get("/oauth/userinfo", ("Authorization", $"Bearer {tokens.GetProperty("access_token").GetString()}"));
}

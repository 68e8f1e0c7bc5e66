using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>OpenID Connect's code flow over HTTP, from the first request to the last token.</summary>
public abstract class CodeFlowContract : IAsyncLifetime
{
    private readonly GapuraServer _server;

    private protected CodeFlowContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        if (_server.Get<PlatformRegister>().Active(CodeFlow.ClientId) is null) await CodeFlow.Register(_server);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_person_signs_in_agrees_and_the_platform_has_its_tokens()
    {
        var flow = new CodeFlow(_server);
        var answer = await flow.ToCallback();
        Assert.Equal(["code", "state", "iss"], answer.Keys);
        Assert.Equal(("the state", _server.Issuer), (answer["state"], answer["iss"]));

        var reply = (await flow.Exchange(answer["code"])).IsOk();
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal(["access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope"], reply.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal("openid profile npwp offline_access", reply.Json.GetProperty("scope").GetString());
        var claims = CodeFlow.Claims(reply.Json.GetProperty("id_token").GetString()!);
        Assert.Equal(["iss", "sub", "aud", "iat", "exp", "auth_time", "amr", "acr", "sid", "nonce", "at_hash"], claims.EnumerateObject().Select(m => m.Name));
        Assert.Equal((_server.Account.Id, CodeFlow.ClientId, "the nonce", "pwd"), (claims.GetProperty("sub").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("nonce").GetString(), claims.GetProperty("amr")[0].GetString()));

        var person = (await UserInfo(reply.Json.GetProperty("access_token").GetString()!)).IsOk();
        Assert.Equal($$"""{"sub":"{{_server.Account.Id}}","name":"Coba Jualan","preferred_username":"cobajualan","npwp":"018263453454543"}""", person.Text);
    }

    [Fact]
    public async Task The_tax_number_is_told_only_where_it_was_agreed_to()
    {
        var flow = new CodeFlow(_server);
        var reply = (await flow.Exchange((await flow.ToCallback(("scope", "openid")))["code"])).IsOk().Json;
        Assert.False(reply.TryGetProperty("refresh_token", out _));
        Assert.Equal($$"""{"sub":"{{_server.Account.Id}}"}""", (await UserInfo(reply.GetProperty("access_token").GetString()!)).IsOk().Text);
    }

    [Fact]
    public async Task A_code_is_used_once_and_the_second_use_ends_what_the_first_opened()
    {
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback())["code"];
        var tokens = (await flow.Exchange(code)).IsOk().Json;
        (await flow.Exchange(code)).IsRefused("invalid_grant");
        (await UserInfo(tokens.GetProperty("access_token").GetString()!)).IsRefused("invalid_token", 401);
        (await _server.Refresh(tokens.GetProperty("refresh_token").GetString()!, CodeFlow.ClientId)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Of_32_exchanges_at_once_one_has_tokens_and_none_of_them_lasts()
    {
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback())["code"];
        var replies = await AtOnce.Run(32, _ => flow.Exchange(code));
        var tokens = replies.Single(r => r.Status == 200).Json;
        (await UserInfo(tokens.GetProperty("access_token").GetString()!)).IsRefused("invalid_token", 401);
    }

    [Theory]
    [InlineData("code_verifier", "0123456789012345678901234567890123456789012")]
    [InlineData("code_verifier", "short")]
    [InlineData("redirect_uri", "https://app.example.com/cb/")]
    [InlineData("client_id", GapuraServer.OtherClientId)]
    public async Task A_thief_has_one_try_and_it_costs_the_loot(string name, string value)
    {
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback())["code"];
        var key = name == "client_id" ? _server.OtherApiKey : null;
        (await flow.Exchange(code, key, (name, value))).IsRefused("invalid_grant");
        (await flow.Exchange(code)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_code_lives_60_seconds()
    {
        var flow = new CodeFlow(_server);
        var (young, old) = ((await flow.ToCallback())["code"], (await flow.ToCallback())["code"]);
        _server.Clock.Pass(TimeSpan.FromSeconds(59));
        (await flow.Exchange(young)).IsOk();
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await flow.Exchange(old)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_platform_with_a_key_must_show_it()
    {
        var key = await CodeFlow.Register(_server, "keyed" + Tests.QrAuth.QrSteps.NewNonce()[..6], keyed: true);
        var clientId = _server.Get<ApiKeys>().Verify(key)!.Value.Platform.ClientId;
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback(("client_id", clientId)))["code"];
        (await flow.Exchange(code, null, ("client_id", clientId))).IsRefused("invalid_client", 401);
        (await flow.Exchange(code, _server.ApiKey, ("client_id", clientId))).IsRefused("invalid_client", 401);
        (await flow.Exchange(code, key, ("client_id", clientId))).IsOk();
    }

    [Fact]
    public async Task What_was_agreed_to_is_not_asked_again_and_more_is()
    {
        var flow = new CodeFlow(_server);
        await flow.ToCallback();
        Assert.StartsWith(CodeFlow.Callback, (await flow.Authorize(("scope", "openid"))).IsSeeOther()["Location"], StringComparison.Ordinal);
        (await flow.Authorize(("scope", "openid email"))).IsPage("your email address");
        (await flow.Authorize(("prompt", "consent"))).IsPage("Let Aplikasi know who you are?");
    }

    [Fact]
    public async Task Who_does_not_allow_it_sends_the_platform_away_with_its_state()
    {
        var flow = new CodeFlow(_server) { Browser = new Browser(_server) };
        (await flow.Browser.SignIn()).IsSeeOther("/account");
        var consent = await flow.Authorize(("prompt", "consent"));
        var answer = CodeFlow.Answer((await flow.Browser.Submit(consent, ("decision", "deny"))).IsSeeOther()["Location"]!);
        Assert.Equal(("access_denied", "the state", _server.Issuer), (answer["error"], answer["state"], answer["iss"]));
    }

    [Fact]
    public async Task Without_asking_a_platform_learns_what_is_missing()
    {
        var flow = new CodeFlow(_server);
        Assert.Equal("login_required", CodeFlow.Answer((await flow.Authorize(("prompt", "none"))).IsSeeOther()["Location"]!)["error"]);
        await flow.Browser.SignIn();
        Assert.Equal("consent_required", CodeFlow.Answer((await flow.Authorize(("prompt", "none"), ("scope", "openid phone"))).IsSeeOther()["Location"]!)["error"]);
        await flow.ToCallback();
        Assert.True(CodeFlow.Answer((await flow.Authorize(("prompt", "none"))).IsSeeOther()["Location"]!).ContainsKey("code"));
    }

    [Fact]
    public async Task Whoever_is_to_sign_in_again_does_so_and_nobody_talks_their_way_past_it()
    {
        var flow = new CodeFlow(_server);
        await flow.ToCallback();
        _server.Clock.Pass(TimeSpan.FromMinutes(5));
        foreach (var asked in ((string, string?)[])[("prompt", "login"), ("max_age", "60"), ("max_age", "0")])
        {
            var location = (await flow.Authorize(asked)).IsSeeOther()["Location"]!;
            Assert.StartsWith("/sign-in?next=", location, StringComparison.Ordinal);
            var forged = await flow.Browser.Get("/oauth/authorize" + flow.Query(asked) + $"&gapura_asked={_server.Clock.Now.AddHours(-1).ToUnixTimeSeconds()}.{new string('0', 32)}");
            Assert.StartsWith("/sign-in?next=", forged.IsSeeOther()["Location"], StringComparison.Ordinal);
            var tokens = (await flow.Exchange((await flow.ToCallback(asked))["code"])).IsOk().Json;
            Assert.Equal(_server.Clock.Now.ToUnixTimeSeconds(), CodeFlow.Claims(tokens.GetProperty("id_token").GetString()!).GetProperty("auth_time").GetInt64());
            _server.Clock.Pass(TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public async Task A_wrong_request_goes_nowhere()
    {
        var page = (await new CodeFlow(_server).Authorize(("redirect_uri", "https://evil.example.com/cb"))).IsPage("This sign-in request cannot be accepted", 400);
        Assert.Null(page["Location"]);
        Assert.DoesNotContain("evil.example.com", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com/oauth/authorize?")]
    [InlineData("/oauth/authorize\\evil?")]
    [InlineData("/account/../oauth/authorize?")]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string next)
    {
        var browser = new Browser(_server);
        var page = await browser.Get("/sign-in?next=" + Uri.EscapeDataString(next));
        (await browser.Submit(page, ("username", GapuraServer.Username), ("password", GapuraServer.Password))).IsSeeOther("/account");
    }

    [Fact]
    public async Task The_forms_lead_to_the_platform_and_nowhere_else()
    {
        var flow = new CodeFlow(_server);
        var location = (await flow.Authorize(("prompt", "consent"))).IsSeeOther()["Location"]!;
        var signIn = await flow.Browser.Get(location);
        Assert.Contains("form-action 'self' https://app.example.com;", signIn["Content-Security-Policy"], StringComparison.Ordinal);
        var consent = await flow.Browser.Get((await flow.Browser.Submit(signIn, ("username", GapuraServer.Username), ("password", GapuraServer.Password))).IsSeeOther()["Location"]!);
        Assert.Contains("form-action 'self' https://app.example.com;", consent["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("form-action 'self';", (await new Browser(_server).Get("/sign-in"))["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_sent_from_another_site_gives_nothing_away()
    {
        var flow = new CodeFlow(_server);
        await flow.Browser.SignIn();
        flow.Browser.FetchSite = "cross-site";
        (await flow.Browser.Post("/oauth/consent", ("request", flow.Query()), ("decision", "allow"))).IsPage("This form cannot be accepted", 403);
    }

    [Fact]
    public async Task An_ID_token_is_no_access_token_and_a_door_s_token_tells_nobody_who_it_is()
    {
        var flow = new CodeFlow(_server);
        var idToken = (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json.GetProperty("id_token").GetString()!;
        (await UserInfo(idToken)).IsRefused("invalid_token", 401);
        (await UserInfo((await _server.SignIn()).Access)).IsRefused("invalid_token", 401);
        Assert.Equal("Bearer realm=\"Gapura\", DPoP algs=\"ES256 PS256\"", (await _server.Get("/oauth/userinfo"))["WWW-Authenticate"]);
        Assert.Null(_server.Get<Mint>().Read(idToken));
    }

    private Task<Reply> UserInfo(string token) => _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {token}"));
}

public sealed class CodeFlowOnSqlite(ServerOn<SqliteStore> on) : CodeFlowContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class CodeFlowOnPostgres(ServerOn<PostgresStore> on) : CodeFlowContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

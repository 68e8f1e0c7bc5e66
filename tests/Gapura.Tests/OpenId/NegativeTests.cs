using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What must not go in the code flow over HTTP, and what a platform may say without harm.</summary>
public abstract class NegativeContract : IAsyncLifetime
{
    private readonly GapuraServer _server;

    private protected NegativeContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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

    public static TheoryData<string> WrongAddresses =>
    [
        "https://app.example.com/other", "https://app.example.com/cb/", "https://app.example.com/CB", "https://app.example.com:444/cb", "https://app.example.com:443/cb", "https://app.example.com/cb?more=1", "https://app.example.com/cb#part",
        "http://app.example.com/cb", "https://APP.example.com/cb", "https://app.example.com.evil.example/cb", "https://app.example.com@evil.example/cb", "https://app.example.com/cb/../other", "https://app.example.com/%63b",
    ];

    [Theory]
    [MemberData(nameof(WrongAddresses))]
    public async Task An_address_that_is_not_the_registered_one_hears_nothing_and_redeems_nothing(string address)
    {
        Assert.Null((await new CodeFlow(_server).Authorize(("redirect_uri", address))).IsPage("This sign-in request cannot be accepted", 400)["Location"]);
        var flow = new CodeFlow(_server);
        (await flow.Exchange((await flow.ToCallback())["code"], null, ("redirect_uri", address))).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_verifier_that_is_missing_or_came_without_a_challenge_costs_the_code()
    {
        var key = await CodeFlow.Register(_server, "keyed-" + Few(), keyed: true);
        var clientId = _server.Get<ApiKeys>().Verify(key)!.Value.Platform.ClientId;
        foreach (var (challenged, verified) in ((bool, bool)[])[(true, false), (false, true)])
        {
            var flow = new CodeFlow(_server);
            (string, string?)[] challenge = challenged ? [] : [("code_challenge", null), ("code_challenge_method", null)];
            var code = (await flow.ToCallback([("client_id", clientId), .. challenge]))["code"];
            (string, string?)[] verifier = verified ? [] : [("code_verifier", null)];
            (await flow.Exchange(code, key, [("client_id", clientId), .. verifier])).IsRefused("invalid_grant");
            (await flow.Exchange(code, key, [("client_id", clientId), .. challenged ? Array.Empty<(string, string?)>() : [("code_verifier", null)]])).IsRefused("invalid_grant");
        }
    }

    [Theory]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_type", "id_token token", "unsupported_response_type")]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("request_uri", "https://app.example.com/request.jwt", "request_uri_not_supported")]
    [InlineData("registration", "{}", "registration_not_supported")]
    [InlineData("max_age", "soon", "invalid_request")]
    public async Task Every_refusal_says_whose_it_is_and_gives_the_state_back(string name, string? value, string error)
    {
        var answer = CodeFlow.Answer((await new CodeFlow(_server).Authorize((name, value))).IsSeeOther()["Location"]!);
        Assert.Equal((error, "the state", _server.Issuer), (answer["error"], answer["state"], answer["iss"]));
        Assert.False(answer.ContainsKey("code"));
    }

    [Theory]
    [InlineData("extra", "foobar")]
    [InlineData("display", "page")]
    [InlineData("display", "popup")]
    [InlineData("claims_locales", "se")]
    [InlineData("ui_locales", "se id")]
    [InlineData("acr_values", "1 2")]
    [InlineData("login_hint", "buffy@example.com")]
    [InlineData("scope", "openid address something_else")]
    [InlineData("nonce", null)]
    [InlineData("max_age", "10000")]
    public async Task What_is_unknown_or_only_a_wish_is_no_mistake(string name, string? value)
    {
        var flow = new CodeFlow(_server);
        var claims = CodeFlow.Claims((await flow.Exchange((await flow.ToCallback((name, value)))["code"])).IsOk().Json.IdToken());
        Assert.True(claims.GetProperty("auth_time").GetInt64() > 0);
        Assert.Equal(name != "nonce", claims.TryGetProperty("nonce", out _));
    }

    [Theory] // RFC 6749 section 3.1
    [InlineData("prompt")]
    [InlineData("max_age")]
    [InlineData("claims")]
    [InlineData("acr_values")]
    [InlineData("response_mode")]
    [InlineData("login_hint")]
    [InlineData("id_token_hint")]
    [InlineData("dpop_jkt")]
    [InlineData("request")]
    [InlineData("request_uri")]
    [InlineData("registration")]
    [InlineData("nonce")]
    [InlineData("state")]
    public async Task What_says_nothing_was_not_sent(string name)
    {
        var flow = new CodeFlow(_server);
        var answer = await flow.ToCallback((name, ""));
        Assert.Equal(name != "state", answer.ContainsKey("state"));
        var claims = CodeFlow.Claims((await flow.Exchange(answer["code"])).IsOk().Json.IdToken());
        Assert.Equal(name != "nonce", claims.TryGetProperty("nonce", out _));
    }

    [Fact]
    public async Task A_scope_that_says_nothing_takes_nothing_away()
    {
        var flow = new CodeFlow(_server);
        var tokens = (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json;
        var renewed = (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")!), ("client_id", CodeFlow.ClientId), ("scope", "")])).IsOk().Json;
        Assert.Equal(tokens.Text("scope"), renewed.Text("scope"));
    }

    [Fact]
    public async Task A_generous_max_age_asks_nobody_again()
    {
        var flow = new CodeFlow(_server);
        var first = CodeFlow.Claims((await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json.IdToken());
        _server.Clock.Pass(TimeSpan.FromMinutes(5));
        var answer = CodeFlow.Answer((await flow.Authorize(("max_age", "10000"), ("prompt", "none"))).IsSeeOther()["Location"]!);
        var second = CodeFlow.Claims((await flow.Exchange(answer["code"])).IsOk().Json.IdToken());
        Assert.Equal(first.GetProperty("auth_time").GetInt64(), second.GetProperty("auth_time").GetInt64());
        Assert.Equal(first.Text("sub"), second.Text("sub"));
    }

    [Fact]
    public async Task A_request_by_a_form_is_a_request()
    {
        var flow = new CodeFlow(_server);
        flow.Browser.FetchSite = "cross-site";
        var fields = CodeFlow.Answer("https://x.example/" + flow.Query()).Select(p => (p.Key, p.Value)).ToArray();
        var location = (await flow.Browser.Post("/oauth/authorize", fields)).IsSeeOther()["Location"]!;
        flow.Browser.FetchSite = "same-origin";
        (await flow.Exchange((await flow.Follow(await flow.Browser.Get(location)))["code"])).IsOk();
    }

    [Fact]
    public async Task A_form_too_long_to_be_an_address_is_refused_here_and_not_on_its_way() =>
        (await new Browser(_server).Post("/oauth/authorize", ("client_id", CodeFlow.ClientId), ("state", new string('s', 7_000)))).IsPage("This sign-in request cannot be accepted", 400);

    [Fact]
    public async Task A_hint_of_somebody_else_signs_nobody_in()
    {
        var other = await _server.AddAccount("orang-" + Few());
        var (mine, theirs) = (new CodeFlow(_server), new CodeFlow(_server));
        await theirs.Browser.SignIn(other.Username);
        var hint = (await theirs.Exchange((await theirs.ToCallback())["code"])).IsOk().Json.IdToken();
        var own = (await mine.Exchange((await mine.ToCallback())["code"])).IsOk().Json.IdToken();
        Assert.Equal("login_required", Error(await mine.Authorize(("id_token_hint", hint), ("prompt", "none"))));
        Assert.StartsWith("/sign-in?", (await mine.Authorize(("id_token_hint", hint))).IsSeeOther()["Location"], StringComparison.Ordinal);
        Assert.Null(Error(await mine.Authorize(("id_token_hint", own), ("prompt", "none"))));

        // Another platform's, an access token, nonsense, and two people at once.
        var elsewhere = "dua-" + Few();
        await CodeFlow.Register(_server, elsewhere);
        var foreign = (await mine.SignInAt(elsewhere)).IdToken();
        foreach (var bad in (string[])["snarf", foreign, (await _server.SignIn()).Access]) Assert.Equal("invalid_request", Error(await mine.Authorize(("id_token_hint", bad), ("prompt", "none"))));
        Assert.Equal("invalid_request", Error(await mine.Authorize(("id_token_hint", own), ("claims", """{"id_token":{"sub":{"value":"ID"}}}""".Replace("ID", other.Id, StringComparison.Ordinal)), ("prompt", "none"))));
    }

    [Fact]
    public async Task A_token_is_shown_in_the_header_or_in_a_form_and_never_in_an_address()
    {
        var flow = new CodeFlow(_server);
        var access = (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json.Text("access_token")!;
        var told = (await _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {access}"))).IsOk().Text;
        Assert.Equal(told, (await _server.Send(HttpMethod.Post, "/oauth/userinfo", null, ("Authorization", $"Bearer {access}"))).IsOk().Text);
        Assert.Equal(told, (await _server.PostForm("/oauth/userinfo", [("access_token", access)])).IsOk().Text);
        Assert.Equal(401, (await _server.Get($"/oauth/userinfo?access_token={access}")).Status);

        // By a form whose length nobody says beforehand; and twice, which is once too often (RFC 6750 section 2).
        using var form = new StreamContent(new Unmeasured($"access_token={access}")) { Headers = { { "Content-Type", "application/x-www-form-urlencoded" } } };
        Assert.Equal(told, (await _server.Send(HttpMethod.Post, "/oauth/userinfo", form)).IsOk().Text);
        Assert.Contains("error=\"invalid_request\"", (await _server.PostForm("/oauth/userinfo", [("access_token", access)], ("Authorization", $"Bearer {access}"))).IsRefused("invalid_request")["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_scope_and_each_single_claim_tells_its_own_and_no_more()
    {
        var person = new Gapura.Accounts.Account
        {
            Id = Gapura.Kernel.PublicId.New(_server.Clock), Username = "siti-" + Few(), Name = "Siti Aminah", Email = "siti@example.com", Phone = "+628123456789", CreatedAt = _server.Clock.Now,
        };
        Assert.True(await _server.Get<Gapura.Accounts.AccountRegister>().TryAdd(person, await _server.Get<Gapura.Accounts.Passwords>().Hash(GapuraServer.Password, Ct), Ct));
        var flow = new CodeFlow(_server);
        await flow.Browser.SignIn(person.Username);
        foreach (var (scope, claims, names) in ((string, string?, string)[])
        [
            ("openid profile", null, "sub name preferred_username"), ("openid email", null, "sub email"), ("openid phone", null, "sub phone_number"), ("openid address", null, "sub"),
            ("openid profile email address phone", null, "sub name preferred_username email phone_number"), ("openid", """{"userinfo":{"name":{"essential":true}}}""", "sub name"),
        ])
        {
            var tokens = (await flow.Exchange((await flow.ToCallback(("scope", scope), ("claims", claims)))["code"])).IsOk().Json;
            var told = (await _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {tokens.Text("access_token")}"))).IsOk().Json;
            Assert.Equal(names, string.Join(' ', told.EnumerateObject().Select(m => m.Name)));
            Assert.Equal(CodeFlow.Claims(tokens.IdToken()).Text("sub"), told.Text("sub"));
        }
    }

    [Fact]
    public async Task A_revoked_grant_is_over_for_every_token_of_it()
    {
        var flow = new CodeFlow(_server);
        var tokens = (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json;
        (await _server.PostForm("/oauth/revoke", [("token", tokens.Text("refresh_token")!), ("client_id", CodeFlow.ClientId)])).IsOk();
        (await _server.Refresh(tokens.Text("refresh_token")!, CodeFlow.ClientId)).IsRefused("invalid_grant");
        (await _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {tokens.Text("access_token")}"))).IsRefused("invalid_token", 401);
        (await _server.Introspect(tokens.Text("access_token")!, _server.ResourceApiKey)).Is(200, """{"active":false}""");
    }

    [Fact]
    public async Task Of_20_renewals_at_once_there_is_one_successor_and_an_old_one_ends_them_all()
    {
        var flow = new CodeFlow(_server);
        var first = (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().NextRefreshToken();
        var second = Assert.Single((await AtOnce.Run(20, _ => _server.Refresh(first, CodeFlow.ClientId))).Select(r => r.NextRefreshToken()).Distinct());
        var third = (await _server.Refresh(second, CodeFlow.ClientId)).NextRefreshToken();
        (await _server.Refresh(first, CodeFlow.ClientId)).IsRefused("invalid_grant");
        (await _server.Refresh(third, CodeFlow.ClientId)).IsRefused("invalid_grant");
    }

    [Theory]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer")]
    public async Task Neither_a_password_nor_what_we_do_not_know_is_traded_for_tokens(string grantType) =>
        (await _server.PostForm("/oauth/token", [("grant_type", grantType), ("client_id", CodeFlow.ClientId), ("username", GapuraServer.Username), ("password", GapuraServer.Password)])).IsRefused("unsupported_grant_type");

    [Fact]
    public async Task Another_site_reads_no_sign_in_page_and_no_page_of_ours_is_framed()
    {
        var page = await new Browser(_server).Get((await new CodeFlow(_server).Authorize()).IsSeeOther()["Location"]!, ("Origin", "https://evil.example"));
        Assert.Null(page["Access-Control-Allow-Origin"]);
        Assert.Contains("frame-ancestors 'none'", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Null((await _server.Get("/oauth/authorize" + new CodeFlow(_server).Query(), ("Origin", GapuraServer.Domain)))["Access-Control-Allow-Origin"]);
    }

    private static string Few() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));

    private static string? Error(Reply reply) => CodeFlow.Answer(reply.IsSeeOther()["Location"]!).GetValueOrDefault("error");

    private sealed class Unmeasured(string text) : MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}

public sealed class NegativeOnSqlite(ServerOn<SqliteStore> on) : NegativeContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class NegativeOnPostgres(ServerOn<PostgresStore> on) : NegativeContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

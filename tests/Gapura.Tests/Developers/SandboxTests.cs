using Gapura.Platforms;
using Gapura.Tests.OpenId;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Developers;

/// <summary>A sandbox takes test people at every door, and nobody else; test people are let in nowhere else.</summary>
public abstract class SandboxContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private readonly SandboxSteps _sandbox;

    private protected SandboxContract(GapuraServer server, string database) => (_server, _sandbox) = (server, new SandboxSteps(server, database));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(61));
        await _sandbox.Make("--redirect-uri", CodeFlow.Callback, "--grant-type", DeviceFlow.GrantType, "--grant-type", CibaFlow.GrantType, "--grant-type", "urn:ietf:params:oauth:grant-type:token-exchange");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_test_person_signs_in_by_popup_and_the_token_is_for_sandboxes()
    {
        var browser = new Browser(_server);
        var (target, _, message) = (await browser.SignInAt(await browser.OpenPopup(await _server.Ticket(_sandbox.ApiKey)), _sandbox.Username, _sandbox.Password)).Message();
        Assert.Equal(("http://localhost:3000", _sandbox.Username, _sandbox.Npwp), (target, message.GetProperty("username").GetString(), message.GetProperty("npwp").GetString()));
        Assert.Equal($"{_server.Issuer}/sandbox", CodeFlow.Claims(SeamlessSteps.AccessTokenOf(message)).GetProperty("aud").GetString());

        // The browser's session is known here from now on.
        (await browser.OpenPopup(await _server.Ticket(_sandbox.ApiKey))).IsPage("already signed in");
    }

    [Fact]
    public async Task A_test_persons_phone_signs_a_screen_in()
    {
        var nonce = QrSteps.NewNonce();
        (await _server.Approve(await _server.Open(nonce, _sandbox.ClientId), await _sandbox.Phone())).IsOk();
        Assert.Equal($"{_server.Issuer}/sandbox", QrSteps.Claims((await _server.Ask(nonce, _sandbox.ClientId)).AccessToken()).GetProperty("aud").GetString());
    }

    [Fact]
    public async Task A_test_person_signs_in_by_OpenID_Connect()
    {
        var flow = new CodeFlow(_server) { Browser = await _sandbox.SignedIn() };
        var answer = await flow.Follow(await flow.Authorize(("client_id", _sandbox.ClientId)));
        var tokens = (await flow.Exchange(answer["code"], _sandbox.ApiKey, ("client_id", _sandbox.ClientId))).IsOk().Json;
        Assert.Equal((await _sandbox.Account()).Id, CodeFlow.Claims(tokens.GetProperty("id_token").GetString()!).GetProperty("sub").GetString());
        Assert.Contains(_sandbox.Username, (await _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {tokens.GetProperty("access_token").GetString()}"))).IsOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_popup_the_wrong_kind_of_person_is_told_what_a_wrong_password_is_told()
    {
        foreach (var (key, username, password) in new[] { (_sandbox.ApiKey, GapuraServer.Username, GapuraServer.Password), (_server.ApiKey, _sandbox.Username, _sandbox.Password) })
        {
            var browser = new Browser(_server);
            var page = await browser.OpenPopup(await _server.Ticket(key));
            (await browser.SignInAt(page, username, password)).IsPage("The user name or the password is not right.", 403);
            Assert.DoesNotContain("gapura-session", browser.Cookies.Keys);
            Assert.Equal(Plain(await browser.SignInAt(page, username, "not the password"), username), Plain(await browser.SignInAt(page, username, password), username));
        }
    }

    [Fact]
    public async Task A_session_of_the_wrong_kind_is_none_at_the_popup()
    {
        var real = new Browser(_server);
        await real.SignIn();
        foreach (var (browser, key) in new[] { (real, _sandbox.ApiKey), (await _sandbox.SignedIn(), _server.ApiKey) })
        {
            var ticket = await _server.Ticket(key);
            Assert.Contains("name=\"password\"", (await browser.OpenPopup(ticket)).Text, StringComparison.Ordinal);
            Assert.Contains("name=\"password\"", (await browser.Post("/seamlesslogin/confirm", ("token", ticket))).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_phone_of_the_wrong_kind_is_as_unknown_as_one_nobody_enrolled()
    {
        using var nobodys = new Phone();
        var tests = await _sandbox.Phone();
        foreach (var (phone, clientId) in new[] { (_server.Phone, _sandbox.ClientId), (tests, GapuraServer.ClientId) })
        {
            var unknown = await _server.Approve(await _server.Open(QrSteps.NewNonce(), clientId), nobodys);
            var rows = await _server.Rows();
            var wrong = await _server.Approve(await _server.Open(QrSteps.NewNonce(), clientId), phone);
            Assert.Equal(unknown.Outside, wrong.Outside);
            wrong.IsRefused("invalid_key");
            Assert.Equal(rows, await _server.Rows());
        }
    }

    [Fact]
    public async Task At_the_hall_a_session_of_the_wrong_kind_is_none_and_the_sign_in_there_takes_the_right_kind_only()
    {
        var real = new Browser(_server);
        await real.SignIn();
        var flow = new CodeFlow(_server) { Browser = real };
        Assert.Equal("login_required", CodeFlow.Answer((await flow.Authorize(("client_id", _sandbox.ClientId), ("prompt", "none")))["Location"]!)["error"]);
        var asked = (await flow.Authorize(("client_id", _sandbox.ClientId))).IsSeeOther();
        Assert.StartsWith("/sign-in?", asked["Location"], StringComparison.Ordinal);
        var page = (await real.Get(asked["Location"]!)).IsPage("Sign in");
        (await real.Submit(page, ("username", GapuraServer.Username), ("password", GapuraServer.Password))).IsPage("The user name or the password is not right.", 403);
        (await real.Submit(page, ("username", _sandbox.Username), ("password", _sandbox.Password))).IsSeeOther();
    }

    [Fact]
    public async Task A_devices_code_is_unknown_to_the_wrong_kind()
    {
        var device = new DeviceFlow(_server);
        await device.Open(("client_id", _sandbox.ClientId), ("client_secret", _sandbox.ApiKey));
        var real = new Browser(_server);
        await real.SignIn();
        var unknown = await real.Get("/device?user_code=BBBB-BBBB");
        var wrong = await real.Get(device.Page);
        Assert.Equal(Plain(unknown), Plain(wrong));
        Assert.Equal(400, (await real.Post("/device", ("user_code", device.UserCode), ("decision", "allow"))).Status);
        (await (await _sandbox.SignedIn()).Get(device.Page)).IsPage(device.UserCode);
    }

    [Fact]
    public async Task A_sandbox_rings_no_real_persons_phone_and_is_told_the_same()
    {
        await _sandbox.Phone();
        var (asked, nobody) = (await Ask(GapuraServer.Username), await Ask("nobody.at.all"));
        Assert.Equal(asked.EnumerateObject().Select(m => m.Name), nobody.EnumerateObject().Select(m => m.Name));
        var real = new Browser(_server);
        await real.SignIn();
        Assert.DoesNotContain(_sandbox.ClientId, (await real.Get("/v1/phone/requests")).IsOk().Text, StringComparison.Ordinal);
        await Ask(_sandbox.Username);
        Assert.Contains(_sandbox.ClientId, (await (await _sandbox.SignedIn()).Get("/v1/phone/requests")).IsOk().Text, StringComparison.Ordinal);

        async Task<System.Text.Json.JsonElement> Ask(string hint) =>
            (await _server.PostForm("/oauth/bc-authorize", [("scope", "openid"), ("login_hint", hint), ("client_id", _sandbox.ClientId), ("client_secret", _sandbox.ApiKey)])).IsOk().Json;
    }

    [Fact]
    public async Task A_test_persons_token_is_nothing_to_an_API_of_real_people()
    {
        var nonce = QrSteps.NewNonce();
        (await _server.Approve(await _server.Open(nonce, _sandbox.ClientId), await _sandbox.Phone())).IsOk();
        var token = (await _server.Ask(nonce, _sandbox.ClientId)).AccessToken();
        (await _server.Introspect(token, _server.ResourceApiKey)).Is(200, """{"active":false}""");
        Assert.True((await _server.Introspect(token, _sandbox.ApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        (await _server.PostForm("/oauth/token",
        [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("subject_token", token), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("audience", GapuraServer.ResourceApi), ("client_id", _sandbox.ClientId), ("client_secret", _sandbox.ApiKey),
        ])).IsRefused("invalid_target");
    }

    [Fact]
    public async Task The_last_word_is_said_where_grants_are_kept_whichever_door_forgot_to_ask()
    {
        var test = await _sandbox.Account();
        foreach (var grant in new[] { Seed.Grant(_server.Account.Id, _sandbox.ClientId, _server.Clock), Seed.Grant(test.Id, GapuraServer.ClientId, _server.Clock) })
            foreach (var isTest in new[] { true, false })
                await Assert.ThrowsAsync<NotAdmittedException>(() => Add(grant, isTest));
        await Assert.ThrowsAsync<NotAdmittedException>(() => Add(Seed.Grant(test.Id, _sandbox.ClientId, _server.Clock), isTest: false));
        await Add(Seed.Grant(test.Id, _sandbox.ClientId, _server.Clock), isTest: true);
        await Add(Seed.Grant(test.Id, PlatformRegister.OwnClientId, _server.Clock), isTest: true);

        Task Add(Grant grant, bool isTest) => _server.Database.Write(sql => _server.Get<Grants>().Add(sql, grant, isTest), Ct);
    }

    // What differs from page to page by itself.
    private static string Plain(Reply page, string username = "") =>
        System.Text.RegularExpressions.Regex.Replace($"{page.Status} {page.Text.Replace(username.Length > 0 ? username : "\0", "NAME", StringComparison.Ordinal)}", "[0-9a-f]{32,}", "RANDOM", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}

public sealed class SandboxOnSqlite(ServerOn<SqliteStore> on) : SandboxContract(on.Server, on.Connection), IClassFixture<ServerOn<SqliteStore>>;

public sealed class SandboxOnPostgres(ServerOn<PostgresStore> on) : SandboxContract(on.Server, on.Connection), IClassFixture<ServerOn<PostgresStore>>;

using System.Security.Cryptography;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What somebody who means harm, or a program that is broken, tries at the hall's doors.</summary>
public abstract class ReviewContract
{
    private readonly GapuraServer _server;
    private readonly string _id = $"app-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}";

    private protected ReviewContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claims", """{"id_token":{"acr":{"value":"\ud800"}}}""")]
    [InlineData("claims", """{"userinfo":{"\ud800":null}}""")]
    [InlineData("nonce", "a\0b")]
    public async Task Text_that_is_none_is_refused_in_words(string name, string value)
    {
        await CodeFlow.Register(_server, _id);
        Assert.Equal("invalid_request", (await SignedIn().ToCallback(("client_id", _id), (name, value)))["error"]);
    }

    [Fact]
    public async Task Who_an_ID_token_names_alone_may_answer()
    {
        var key = await CodeFlow.Register(_server, _id, keyed: true);
        var flow = SignedIn();
        var own = (await flow.Exchange((await flow.ToCallback(("client_id", _id)))["code"], key, ("client_id", _id))).IsOk().Json.GetProperty("id_token").GetString();
        Assert.True((await flow.ToCallback(("client_id", _id), ("prompt", "none"), ("id_token_hint", own))).ContainsKey("code"));
        Assert.Equal("invalid_request", (await flow.ToCallback(("client_id", _id), ("prompt", "none"), ("id_token_hint", own + "x")))["error"]);

        var username = $"orang.{_id}";
        await _server.AddAccount(username);
        var other = SignedIn();
        await other.Browser.SignIn(username);
        await other.ToCallback(("client_id", _id));
        Assert.Equal("login_required", (await other.ToCallback(("client_id", _id), ("prompt", "none"), ("id_token_hint", own)))["error"]);
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData(null)]
    public async Task A_platform_whose_secret_was_taken_back_does_not_go_on_without(string? method)
    {
        var key = await CodeFlow.Register(_server, _id, keyed: true, new ClientSettings { AuthenticationMethod = method });
        var flow = SignedIn();
        var refresh = (await flow.Exchange((await flow.ToCallback(("client_id", _id)))["code"], key, ("client_id", _id))).IsOk().Json.GetProperty("refresh_token").GetString()!;
        await _server.Get<ApiKeys>().RevokeAll(_id, Ct);
        await _server.Follow();
        (await _server.Refresh(refresh, _id)).IsRefused("invalid_grant");
        var code = (await flow.ToCallback(("client_id", _id)))["code"];
        (await flow.Exchange(code, null, ("client_id", _id))).IsRefused("invalid_client", 401);
    }

    [Fact]
    public async Task A_disabled_platform_is_told_nothing_more()
    {
        var key = await CodeFlow.Register(_server, _id, keyed: true);
        var flow = SignedIn();
        var token = (await flow.Exchange((await flow.ToCallback(("client_id", _id)))["code"], key, ("client_id", _id))).IsOk().Json.GetProperty("access_token").GetString();
        Assert.True(await _server.Get<PlatformRegister>().SetDisabled(_id, disabled: true, Ct));
        await _server.Follow();
        (await _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {token}"))).IsRefused("invalid_token", 401);
    }

    [Fact]
    public async Task A_user_name_that_nobody_agreed_to_tell_is_not_told_at_introspection()
    {
        var key = await CodeFlow.Register(_server, _id, keyed: true);
        foreach (var (scope, isTold) in new[] { ("phone", false), ("openid", false), ("openid profile", true) })
        {
            var flow = SignedIn();
            var token = (await flow.Exchange((await flow.ToCallback(("client_id", _id), ("scope", scope)))["code"], key, ("client_id", _id))).IsOk().Json.GetProperty("access_token").GetString()!;
            Assert.Equal(isTold, (await _server.Introspect(token, key)).IsOk().Json.TryGetProperty("username", out _));
        }
    }

    [Fact]
    public async Task Single_claims_go_with_the_whole_grant()
    {
        var key = await CodeFlow.Register(_server, _id, keyed: true);
        var flow = SignedIn();
        var answer = await flow.ToCallback(("client_id", _id), ("scope", "openid profile offline_access"), ("claims", """{"userinfo":{"npwp":null}}"""));
        var tokens = (await flow.Exchange(answer["code"], key, ("client_id", _id))).IsOk().Json;
        Assert.Contains("npwp", (await UserInfo(tokens.GetProperty("access_token").GetString()!)).IsOk().Text, StringComparison.Ordinal);
        var less = (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!), ("scope", "openid"), ("client_id", _id), ("client_secret", key)])).IsOk().Json;
        Assert.Equal($$"""{"sub":"{{_server.Account.Id}}"}""", (await UserInfo(less.GetProperty("access_token").GetString()!)).IsOk().Text);
    }

    [Fact]
    public async Task A_password_shown_again_does_not_keep_a_phone_s_yes_alive()
    {
        var account = await _server.AddAccount($"orang.{_id}");
        using var phone = new Phone();
        var device = await _server.Enrol(account, phone);
        var password = await Start(account.Id, null, null);
        var both = await Start(account.Id, password.Secret, device);
        Assert.Equal("pwd swk user mfa", both.Methods);
        Assert.Equal("pwd", (await Start(account.Id, both.Secret, null)).Methods);
    }

    [Fact]
    public async Task A_phone_that_was_revoked_counts_beside_no_password()
    {
        var account = await _server.AddAccount($"orang.{_id}");
        using var phone = new Phone();
        var device = await _server.Enrol(account, phone);
        var before = await Start(account.Id, null, device);
        Assert.True(await _server.Get<Gapura.Devices.DeviceRegister>().Revoke(device, account.Id, Gapura.Audit.Hand.Operator, Ct));
        Assert.Equal("pwd", (await Start(account.Id, before.Secret, null)).Methods);
    }

    [Fact]
    public async Task A_platform_that_registered_itself_asks_for_no_keys_unless_an_operator_says_so()
    {
        await CodeFlow.Register(_server, _id, client: new ClientSettings { RegistrationTokenHash = "00" });
        Assert.Equal("invalid_scope", (await SignedIn().ToCallback(("client_id", _id), ("scope", "openid keys_op")))["error"]);
        Assert.True(await _server.Get<PlatformRegister>().SetClient(_id, client => client with { Scope = "keys_op" }, Ct));
        await _server.Follow();
        Assert.True((await SignedIn().ToCallback(("client_id", _id), ("scope", "openid keys_op"))).ContainsKey("code"));
    }

    [Fact]
    public async Task An_address_that_is_none_is_not_followed()
    {
        var browser = new Browser(_server);
        (await browser.Post("/sign-in", ("username", GapuraServer.Username), ("password", GapuraServer.Password), ("next", "/oauth/authorize?state=\u00e9"))).IsSeeOther("/account");
        Assert.Equal(400, (await browser.Post("/oauth/consent", ("request", "?client_id=x\r\nSet-Cookie: a=b"), ("decision", "allow"))).Status);
    }

    private CodeFlow SignedIn() => new(_server);

    private Task<Reply> UserInfo(string token) => _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {token}"));

    private Task<(Gapura.Kernel.Secret Secret, string Methods)> Start(string accountId, Gapura.Kernel.Secret? before, string? deviceId) => _server.Database.Write(async sql =>
    {
        var secret = await _server.Get<BrowserSessions>().Start(sql, accountId, before, deviceId);
        return (secret, (await sql.Value<string>("SELECT amr FROM sessions WHERE hash = @hash", new { hash = secret.Hash() }))!);
    }, Ct);
}

public sealed class ReviewOnSqlite(ServerOn<SqliteStore> on) : ReviewContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class ReviewOnPostgres(ServerOn<PostgresStore> on) : ReviewContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Platforms hear that a session is over, each once, whoever ended it and whatever was down at that moment.</summary>
public abstract class BackChannelLogoutContract : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _made = [];
    private readonly GapuraServer _server;
    private LogoutPlatform _platform = null!;

    private protected BackChannelLogoutContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        _platform = await Platform(_server);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_made)) await one.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task The_token_says_who_and_which_session_and_is_verified_with_the_published_keys(string? algorithm)
    {
        _platform = await Platform(_server, settings => settings with { IdTokenAlgorithm = algorithm });
        var flow = new CodeFlow(_server);
        var idToken = CodeFlow.Claims((await flow.SignInAt(_platform.ClientId)).IdToken());
        _server.Clock.Pass(TimeSpan.FromMinutes(1));
        await flow.Browser.Post("/sign-out");

        var (header, claims) = LogoutPlatform.Verified(_platform.Next(), (await _server.Get("/.well-known/jwks.json")).Json);
        Assert.Equal(("logout+jwt", algorithm ?? "RS256"), (header.Text("typ"), header.Text("alg")));
        Assert.Equal(["iss", "sub", "aud", "iat", "exp", "jti", "sid", "events"], claims.EnumerateObject().Select(m => m.Name));
        Assert.Equal((_server.Issuer, idToken.Text("sub"), _platform.ClientId, idToken.Text("sid")), (claims.Text("iss"), claims.Text("sub"), claims.Text("aud"), claims.Text("sid")));
        Assert.Equal((_server.Clock.Now.ToUnixTimeSeconds(), 120), (claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()));
        Assert.Equal("""{"http://schemas.openid.net/event/backchannel-logout":{}}""", claims.GetProperty("events").GetRawText());
        Assert.Equal(0, await _platform.Rest());
        Assert.Empty(await Waiting());
    }

    [Fact]
    public async Task Each_platform_hears_its_own_names_of_the_person_and_the_session()
    {
        var pairwise = await Platform(_server, settings => settings with { SubjectType = "pairwise" });
        var flow = new CodeFlow(_server);
        var own = CodeFlow.Claims((await flow.SignInAt(pairwise.ClientId)).IdToken());
        await flow.SignInAt(_platform.ClientId);
        await flow.Browser.Post("/sign-out");
        var (one, other) = (CodeFlow.Claims(pairwise.Next()), CodeFlow.Claims(_platform.Next()));
        Assert.Equal((own.Text("sub"), own.Text("sid")), (one.Text("sub"), one.Text("sid")));
        Assert.NotEqual(one.Text("sub"), other.Text("sub"));
        Assert.NotEqual(one.Text("sid"), other.Text("sid"));
    }

    [Fact]
    public async Task Of_8_sign_outs_at_once_each_platform_hears_once()
    {
        var second = await Platform(_server);
        var flow = new CodeFlow(_server);
        foreach (var each in (string[])[_platform.ClientId, second.ClientId, _platform.ClientId]) await flow.SignInAt(each);
        var cookies = flow.Browser.Cookies.ToArray();
        await AtOnce.Run(8, _ =>
        {
            var browser = new Browser(_server);
            foreach (var (name, value) in cookies) browser.Cookies[name] = value;
            return browser.Post("/sign-out");
        });
        foreach (var each in (LogoutPlatform[])[_platform, second])
        {
            each.Next();
            Assert.Equal(0, await each.Rest());
        }
    }

    [Theory]
    [InlineData(503)]
    [InlineData(404)]
    [InlineData(307)]
    public async Task A_platform_that_does_not_hear_is_told_later_with_a_fresh_token(int answer)
    {
        var flow = new CodeFlow(_server);
        await flow.SignInAt(_platform.ClientId);
        _platform.Answers = answer;
        await flow.Browser.Post("/sign-out");
        var first = CodeFlow.Claims(_platform.Next());
        Assert.Equal(0, await _platform.Rest());

        _platform.Answers = 204;
        _server.Clock.Pass(TimeSpan.FromSeconds(20));
        var second = CodeFlow.Claims(_platform.Next());
        Assert.Equal((first.Text("sid"), _server.Clock.Now.ToUnixTimeSeconds()), (second.Text("sid"), second.GetProperty("iat").GetInt64()));
        Assert.NotEqual(first.Text("jti"), second.Text("jti"));
        Assert.Equal(0, await _platform.Rest());
        Assert.Empty(await Waiting());
    }

    [Fact]
    public async Task A_platform_that_says_no_is_not_told_again()
    {
        var flow = new CodeFlow(_server);
        await flow.SignInAt(_platform.ClientId);
        _platform.Answers = 400;
        await flow.Browser.Post("/sign-out");
        _platform.Next();
        Assert.Equal(0, await _platform.Rest());
        Assert.Empty(await Waiting());
    }

    [Fact]
    public async Task A_platform_that_never_hears_is_given_up_after_six_hours()
    {
        var flow = new CodeFlow(_server);
        await flow.SignInAt(_platform.ClientId);
        _platform.Answers = 500;
        await flow.Browser.Post("/sign-out");
        _platform.Next();
        await _platform.Rest();
        Assert.Single(await Waiting());
        _server.Clock.Pass(TimeSpan.FromHours(6));
        _platform.Next();
        await _platform.Rest();
        Assert.Empty(await Waiting());
    }

    [Fact]
    public async Task Who_asked_without_openid_or_registered_no_address_knows_no_session_and_hears_nothing()
    {
        var silent = await Platform(_server, settings => settings with { BackChannelLogoutUri = null });
        var flow = new CodeFlow(_server);
        await flow.SignInAt(silent.ClientId);
        await flow.SignInAt(_platform.ClientId, "profile");
        await flow.Browser.Post("/sign-out");
        Assert.Equal((0, 0), (await silent.Rest(), await _platform.Rest()));
        Assert.Empty(await Waiting());
    }

    [Fact]
    public async Task Whoever_else_ends_the_session_the_platforms_hear_of_it()
    {
        // Another person signs in in this browser.
        var stranger = await _server.AddAccount("orang" + _platform.ClientId);
        var flow = new CodeFlow(_server);
        await flow.SignInAt(_platform.ClientId);
        await flow.Browser.SignIn(stranger.Username);
        Assert.Equal(_server.Account.Id, CodeFlow.Claims(_platform.Next()).Text("sub"));

        // The account's every session, and all but one.
        await flow.Browser.SignIn();
        var (here, there) = (CodeFlow.Claims((await flow.SignInAt(_platform.ClientId)).IdToken()), CodeFlow.Claims((await new CodeFlow(_server).SignInAt(_platform.ClientId)).IdToken()));
        await _server.Database.Write(sql => _server.Get<BrowserSessions>().EndOthersOfAccount(sql, _server.Account.Id, new(flow.Browser.Cookies["gapura-session"])), Ct);
        Assert.Equal(there.Text("sid"), CodeFlow.Claims(_platform.Next()).Text("sid"));
        await _server.Database.Write(sql => _server.Get<BrowserSessions>().EndOfAccount(sql, _server.Account.Id), Ct);
        Assert.Equal(here.Text("sid"), CodeFlow.Claims(_platform.Next()).Text("sid"));
        Assert.Equal(0, await _platform.Rest());
    }

    [Fact]
    public async Task The_same_person_who_signs_in_again_is_not_signed_out()
    {
        var flow = new CodeFlow(_server);
        var before = CodeFlow.Claims((await flow.SignInAt(_platform.ClientId)).IdToken());
        await flow.Browser.SignIn();
        Assert.Equal(0, await _platform.Rest());
        Assert.Equal(before.Text("sid"), CodeFlow.Claims((await flow.SignInAt(_platform.ClientId)).IdToken()).Text("sid"));
    }

    [Fact]
    public async Task An_account_that_is_closed_is_told_to_platforms_whose_session_here_has_long_expired()
    {
        var flow = new CodeFlow(_server);
        await flow.SignInAt(_platform.ClientId, "openid offline_access");
        _server.Clock.Pass(TimeSpan.FromHours(9));
        await _server.Get<BrowserSessions>().Sweep(_server.Clock.Now, Ct);
        Assert.Equal(0, await _platform.Rest());
        await _server.Database.Write(sql => _server.Get<SessionEnding>().OverOfAccount(sql, _server.Account.Id), Ct);
        Assert.Equal(_server.Account.Id, CodeFlow.Claims(_platform.Next()).Text("sub"));
    }

    [Fact]
    public async Task What_is_given_while_somebody_signs_out_is_given_before_it_or_not_at_all()
    {
        var flow = new CodeFlow(_server);
        await flow.SignInAt(_platform.ClientId);
        var session = await Session(flow.Browser);
        Assert.True(await _server.Database.Write(sql => _server.Get<BrowserSessions>().TryHold(sql, session), Ct));
        await flow.Browser.Post("/sign-out");
        Assert.False(await _server.Database.Write(sql => _server.Get<BrowserSessions>().TryHold(sql, session), Ct));
    }

    [Fact]
    public async Task Of_codes_asked_for_while_somebody_signs_out_none_outlives_it()
    {
        var flow = new CodeFlow(_server);
        await flow.SignInAt(_platform.ClientId);
        var id = (await Session(flow.Browser)).Id;
        var cookies = flow.Browser.Cookies.ToArray();
        await AtOnce.Run(9, async i =>
        {
            var other = new CodeFlow(_server);
            foreach (var (name, value) in cookies) other.Browser.Cookies[name] = value;
            return i == 4 ? await other.Browser.Post("/sign-out") : await other.Authorize(("client_id", _platform.ClientId), ("scope", "openid"));
        });
        Assert.Equal(0, await _server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM grants WHERE session_id = @id AND revoked_at IS NULL", new { id }), Ct));
        _platform.Next();
        Assert.Equal(0, await _platform.Rest());
    }

    private async Task<LogoutPlatform> Platform(GapuraServer server, Func<ClientSettings, ClientSettings>? but = null)
    {
        var platform = await LogoutPlatform.Start(server, but);
        _made.Add(platform);
        return platform;
    }

    private async Task<BrowserSession> Session(Browser browser)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers.Cookie = $"gapura-session={browser.Cookies["gapura-session"]}";
        return (await _server.Get<BrowserSessions>().Find(context, Ct))!;
    }

    private Task<IReadOnlyList<string>> Waiting() =>
        _server.Database.Read(sql => sql.Rows<string>("SELECT session_id FROM logout_notices WHERE client_id = @ClientId", new { _platform.ClientId }), Ct);
}

public sealed class BackChannelLogoutOnSqlite(ServerOn<SqliteStore> on) : BackChannelLogoutContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class BackChannelLogoutOnPostgres(ServerOn<PostgresStore> on) : BackChannelLogoutContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

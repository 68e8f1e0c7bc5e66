using System.Runtime.CompilerServices;
using Gapura.Audit;
using Gapura.OpenId.Connected;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What a person sees of the platforms that know them, and takes back.</summary>
public abstract class ConnectedPlatformsContract : IAsyncLifetime
{
    private const string Platform = "gudang";
    private const string Page = "/account/platforms";
    private const string TakeBackAt = "/account/platforms/take-back";
    private static readonly ConditionalWeakTable<GapuraServer, string> Keys = [];
    private readonly GapuraServer _server;
    private string _apiKey = "";

    private protected ConnectedPlatformsContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Every test begins with nothing agreed to and nothing open.
        await _server.Pass(TimeSpan.FromHours(1));
        if (!Keys.TryGetValue(_server, out var key)) Keys.Add(_server, key = await CodeFlow.Register(_server, Platform, keyed: true));
        _apiKey = key;
        foreach (var clientId in (string[])[Platform, GapuraServer.ClientId]) await _server.Get<ConnectedPlatforms>().TakeBack(_server.Account.Id, clientId, Hand.Operator, Ct);

        // What the clean-up wrote down is older than anything the test does.
        _server.Clock.Pass(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whoever_was_agreed_to_is_shown_with_what_it_may_know()
    {
        var (flow, _) = await Enter();
        var page = (await flow.Browser.Get(Page)).IsPage("Aplikasi");
        foreach (var said in (string[])["PT Aplikasi", "gudang.example.com", "your name and your user name", "your tax number (NPWP), all of its digits", "It stays connected even while you are not using it.", "Connected since", "Last sign-in"])
            page.IsPage(said);
        Assert.DoesNotContain("your email address", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("018263453454543", page.Text, StringComparison.Ordinal);
        (await flow.Browser.Get("/account")).IsPage("href=\"/account/platforms\"");
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to()
    {
        (await new Browser(_server).Get(Page)).IsSeeOther("/sign-in");
        (await new Browser(_server).Post(TakeBackAt, ("platform", Platform))).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task A_door_s_sign_in_is_shown_while_it_opens_something_and_what_the_popup_gave_away_with_it()
    {
        var browser = new Browser(_server);
        (await browser.SignInAt(await browser.OpenPopup(await _server.Ticket()))).Message();
        (await browser.Get(Page)).IsPage("It does not stay connected: only when you sign in.").IsPage("your user name");
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        (await browser.Get(Page)).IsPage("No site is connected to your account.").IsPage("Who has seen your tax number");

        await _server.SignIn();
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        (await browser.Get(Page)).IsPage("TauTauBeres.id").IsPage("It stays connected even while you are not using it.");
    }

    [Fact]
    public async Task Taking_back_ends_the_tokens_of_every_door_and_those_of_that_platform_alone()
    {
        var (flow, tokens) = await Enter();
        var code = (await flow.ToCallback(("client_id", Platform)))["code"];
        var popup = SeamlessSteps.AccessTokenOf((await flow.Browser.Submit(await flow.Browser.OpenPopup(await _server.Ticket(_apiKey)))).Message().Message);
        var phone = await _server.SignIn(Platform);
        var nonce = QrSteps.NewNonce();
        (await _server.Approve(await _server.Open(nonce, Platform))).IsOk();
        var elsewhere = await _server.SignIn();
        (await UserInfo(tokens.Access)).IsOk();

        (await flow.Browser.Post(TakeBackAt, ("platform", Platform))).IsSeeOther(Page + "?done=taken-back");
        (await flow.Browser.Get(Page + "?done=taken-back")).IsPage("That site's permission has been taken back.");
        Assert.DoesNotContain("gudang.example.com", (await flow.Browser.Get(Page)).Text.Split("Who has seen")[0], StringComparison.Ordinal);

        (await UserInfo(tokens.Access)).IsRefused("invalid_token", 401);
        (await Refresh(tokens.Refresh)).IsRefused("invalid_grant");
        (await flow.Exchange(code, _apiKey, ("client_id", Platform))).IsRefused("invalid_grant");
        (await Refresh(phone.Refresh)).IsRefused("invalid_grant");
        foreach (var access in (string[])[popup, phone.Access, tokens.Access]) (await _server.Introspect(access, _apiKey)).Is(200, """{"active":false}""");
        Assert.True((await _server.Introspect(elsewhere.Access, _server.ApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        (await _server.Refresh(elsewhere.Refresh)).NextRefreshToken();
        (await flow.Authorize(("client_id", Platform))).IsPage("Let Aplikasi know who you are?");

        var entry = Assert.Single(await Entries(_server.Account.Id));
        Assert.Equal((Platform, "account", "openid profile npwp offline_access"), (entry.ClientId, entry.Actor, entry.Details));
    }

    [Fact]
    public async Task A_form_from_another_site_takes_nothing_back()
    {
        var (flow, tokens) = await Enter();
        var rows = await _server.Rows();
        foreach (var (fetchSite, origin) in ((string?, string?)[])[("cross-site", null), ("same-site", null), (null, "https://evil.example")])
        {
            (flow.Browser.FetchSite, flow.Browser.Origin) = (fetchSite, origin);
            (await flow.Browser.Post(TakeBackAt, ("platform", Platform))).IsPage("This form cannot be accepted", 403);
        }

        Assert.Equal(rows, await _server.Rows());
        (await UserInfo(tokens.Access)).IsOk();
    }

    [Fact]
    public async Task Nobody_takes_back_what_another_person_gave()
    {
        var (_, tokens) = await Enter();
        var other = await _server.AddAccount("tetangga" + QrSteps.NewNonce()[..6].ToLowerInvariant());
        var browser = new Browser(_server);
        (await browser.SignIn(other.Username)).IsSeeOther("/account");
        var rows = await _server.Rows();
        (await browser.Post(TakeBackAt, ("platform", Platform))).IsSeeOther(Page);
        Assert.Equal(rows, await _server.Rows());
        Assert.Empty(await Entries(other.Id));
        (await UserInfo(tokens.Access)).IsOk();
        (await browser.Get(Page)).IsPage("No site is connected to your account.").IsPage("nobody has seen your tax number");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("gapura")]
    [InlineData(Platform)]
    public async Task Where_there_is_nothing_to_take_back_nothing_is_written(string clientId)
    {
        var browser = new Browser(_server);
        await browser.SignIn();
        var rows = await _server.Rows();
        (await browser.Post(TakeBackAt, ("platform", clientId))).IsSeeOther(Page);
        Assert.Equal(rows, await _server.Rows());
    }

    [Fact]
    public async Task Of_32_at_once_one_takes_it_back()
    {
        await Enter();
        var connected = _server.Get<ConnectedPlatforms>();
        var taken = await AtOnce.Run(32, _ => connected.TakeBack(_server.Account.Id, Platform, Hand.Operator, Ct));
        var ended = Assert.Single(taken, t => t is not null)!;
        Assert.Equal([Platform], ended.Select(g => g.ClientId));
        Assert.NotNull(ended[0].SessionId);
        Assert.Single(await Entries(_server.Account.Id));
    }

    [Fact]
    public async Task At_the_hall_a_platform_hears_the_user_name_of_those_who_agreed_to_it_alone()
    {
        var (_, tokens) = await Enter("openid");
        Assert.False((await _server.Introspect(tokens.Access, _apiKey)).IsOk().Json.TryGetProperty("username", out _));
        (_, tokens) = await Enter("openid profile");
        Assert.Equal(GapuraServer.Username, (await _server.Introspect(tokens.Access, _apiKey)).IsOk().Json.GetProperty("username").GetString());
    }

    private async Task<(CodeFlow Flow, (string Access, string Refresh) Tokens)> Enter(string scope = "openid profile npwp offline_access")
    {
        var flow = new CodeFlow(_server);
        var json = (await flow.Exchange((await flow.ToCallback(("client_id", Platform), ("scope", scope)))["code"], _apiKey, ("client_id", Platform))).IsOk().Json;
        return (flow, (json.GetProperty("access_token").GetString()!, json.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString()! : ""));
    }

    private Task<Reply> UserInfo(string token) => _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {token}"));

    private Task<Reply> Refresh(string token) => _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", token)], ("beacukai-api-key", _apiKey));

    private async Task<IReadOnlyList<AuditEntry>> Entries(string accountId) =>
        await _server.Get<AuditLog>().OfAccount(accountId, AuditAction.ConsentTakenBack, _server.Clock.Now - TimeSpan.FromSeconds(30), 100, Ct);
}

public sealed class ConnectedPlatformsOnSqlite(ServerOn<SqliteStore> on) : ConnectedPlatformsContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class ConnectedPlatformsOnPostgres(ServerOn<PostgresStore> on) : ConnectedPlatformsContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using System.Text;
using System.Text.Json;
using Gapura.Audit;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A platform signs a person out: the modules of the certification's plan for RP-initiated logout, and what else it must not do.</summary>
public abstract class RpLogoutContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private LogoutPlatform _platform = null!;
    private CodeFlow _flow = null!;
    private string _hint = "";

    private protected RpLogoutContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        _platform = await LogoutPlatform.Start(_server);
        _flow = new CodeFlow(_server);
        _hint = (await _flow.SignInAt(_platform.ClientId)).IdToken();
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Discovery_names_the_endpoint_and_what_is_told_to_platforms()
    {
        var metadata = (await _server.Get("/.well-known/openid-configuration")).IsOk().Json;
        Assert.Equal($"{_server.Issuer}/oauth/logout", metadata.Text("end_session_endpoint"));
        foreach (var member in (string[])["backchannel_logout_supported", "backchannel_logout_session_supported", "frontchannel_logout_supported", "frontchannel_logout_session_supported"])
            Assert.True(metadata.GetProperty(member).GetBoolean());
    }

    [Fact]
    public async Task With_a_hint_of_this_session_nothing_is_asked_and_the_person_is_back()
    {
        var reply = await _flow.Browser.Logout(("id_token_hint", _hint), ("post_logout_redirect_uri", LogoutPlatform.Bye), ("state", "a state & more"));
        reply.IsSeeOther(LogoutPlatform.Bye + "?state=a%20state%20%26%20more");
        Assert.Equal("no-referrer", reply["Referrer-Policy"]);
        Assert.DoesNotContain("gapura-session", _flow.Browser.Cookies.Keys);
        Assert.False(await _flow.Browser.IsSignedIn());
    }

    [Fact]
    public async Task A_platform_may_send_it_by_a_form()
    {
        _flow.Browser.FetchSite = "cross-site";
        var address = (await _flow.Browser.Post("/oauth/logout", ("id_token_hint", _hint), ("post_logout_redirect_uri", LogoutPlatform.Bye), ("state", "s"))).IsSeeOther()["Location"]!;
        (await _flow.Browser.Get(address)).IsSeeOther(LogoutPlatform.Bye + "?state=s");
        (await _flow.Browser.Post("/oauth/logout", ("id_token_hint", new string('a', 8_000)))).IsPage("too long", 400);
    }

    [Fact]
    public async Task Without_a_state_none_comes_back() =>
        (await _flow.Browser.Logout(("id_token_hint", _hint), ("post_logout_redirect_uri", LogoutPlatform.Bye))).IsSeeOther(LogoutPlatform.Bye);

    [Fact]
    public async Task Without_an_address_the_person_stays_here_signed_out()
    {
        (await _flow.Browser.Logout(("id_token_hint", _hint), ("state", "s"))).IsPage("You are signed out");
        Assert.False(await _flow.Browser.IsSignedIn());
    }

    [Theory]
    [InlineData("https://app.example.com/elsewhere")]
    [InlineData("https://app.example.com/bye?more=1")]
    [InlineData("https://app.example.com/bye/")]
    [InlineData("https://evil.example.com/bye")]
    [InlineData("javascript:alert(1)")]
    public async Task An_address_that_is_not_registered_ends_nothing_and_leads_nowhere(string address)
    {
        var page = (await _flow.Browser.Logout(("id_token_hint", _hint), ("post_logout_redirect_uri", address), ("state", "s"))).IsPage("This sign-out request cannot be accepted", 400);
        Assert.Null(page["Location"]);
        Assert.DoesNotContain(address, page.Text, StringComparison.Ordinal);
        Assert.True(await _flow.Browser.IsSignedIn());
        Assert.Equal(0, await _platform.Rest());
    }

    [Fact]
    public async Task A_modified_a_foreign_and_a_broken_hint_end_nothing_and_lead_nowhere()
    {
        var parts = _hint.Split('.');
        var altered = Encode(Decode(parts[1]).Replace(_platform.ClientId, GapuraServer.ClientId, StringComparison.Ordinal));
        foreach (var hint in (string[])
        [
            $"{parts[0]}.{altered}.{parts[2]}", $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{new string('A', 86)}",
            $"{Encode("""{"alg":"HS256","typ":"JWT","kid":"a"}""")}.{parts[1]}.{parts[2]}", (await Elsewhere()).IdToken(), "snarf", "a.b.c",
        ])
        {
            var page = (await _flow.Browser.Logout(("id_token_hint", hint), ("post_logout_redirect_uri", LogoutPlatform.Bye), ("state", "s"))).IsPage("This sign-out request cannot be accepted", 400);
            Assert.Null(page["Location"]);
        }

        Assert.True(await _flow.Browser.IsSignedIn());
    }

    [Fact]
    public async Task An_access_token_and_a_logout_token_are_no_hints()
    {
        (await _flow.Browser.Logout(("id_token_hint", (await _flow.SignInAt(_platform.ClientId)).Text("access_token")))).IsPage("cannot be accepted", 400);
        (await _flow.Browser.Logout(("id_token_hint", _hint))).IsPage("You are signed out");
        (await _flow.Browser.Logout(("id_token_hint", _platform.Next()))).IsPage("cannot be accepted", 400);
    }

    [Fact]
    public async Task Without_a_hint_the_person_is_asked_and_an_address_is_nobodys()
    {
        foreach (var asked in ((string, string?)[][])[[], [("state", "s")], [("post_logout_redirect_uri", LogoutPlatform.Bye), ("state", "s")], [("logout_hint", GapuraServer.Username)]])
        {
            await _flow.SignInAt(_platform.ClientId);
            var question = (await _flow.Browser.Logout(asked)).IsPage("Sign out?");
            Assert.True(await _flow.Browser.IsSignedIn());
            Assert.Null((await _flow.Browser.Submit(question, ("decision", "sign-out"))).IsPage("You are signed out")["Location"]);
            Assert.False(await _flow.Browser.IsSignedIn());
        }
    }

    [Fact]
    public async Task With_a_client_id_the_person_is_asked_and_goes_back_when_they_agree()
    {
        (string, string?)[] asked = [("client_id", _platform.ClientId), ("post_logout_redirect_uri", LogoutPlatform.Bye), ("state", "s")];
        var question = (await _flow.Browser.Logout(asked)).IsPage("asks you to sign out");
        Assert.Contains("form-action 'self' https://app.example.com;", question["Content-Security-Policy"], StringComparison.Ordinal);
        (await _flow.Browser.Submit(question, ("decision", "stay"))).IsPage("You are still signed in");
        Assert.True(await _flow.Browser.IsSignedIn());
        (await _flow.Browser.Submit(question, ("decision", "sign-out"))).IsSeeOther(LogoutPlatform.Bye + "?state=s");
        Assert.False(await _flow.Browser.IsSignedIn());

        // Once signed out there is nothing to ask.
        (await _flow.Browser.Logout(asked)).IsSeeOther(LogoutPlatform.Bye + "?state=s");
    }

    [Theory]
    [InlineData(GapuraServer.OtherClientId)]
    [InlineData("nobody")]
    [InlineData("gapura")]
    public async Task A_client_id_that_does_not_fit_ends_nothing(string clientId)
    {
        (await _flow.Browser.Logout(("id_token_hint", _hint), ("client_id", clientId))).IsPage("cannot be accepted", 400);
        if (clientId != GapuraServer.OtherClientId) (await _flow.Browser.Logout(("client_id", clientId))).IsPage("cannot be accepted", 400);
        Assert.True(await _flow.Browser.IsSignedIn());
    }

    [Fact]
    public async Task A_hint_of_another_session_signs_this_one_out_only_when_the_person_says_so()
    {
        var question = (await _flow.Browser.Logout(("id_token_hint", (await new CodeFlow(_server).SignInAt(_platform.ClientId)).IdToken()), ("ui_locales", "id"))).IsPage("Keluar dari akun Anda?");
        Assert.True(await _flow.Browser.IsSignedIn());
        await _flow.Browser.Submit(question, ("decision", "sign-out"));
        Assert.False(await _flow.Browser.IsSignedIn());
    }

    [Fact]
    public async Task An_expired_hint_is_as_good_as_a_fresh_one()
    {
        _server.Clock.Pass(TimeSpan.FromHours(3));
        (await _flow.Browser.Logout(("id_token_hint", _hint), ("post_logout_redirect_uri", LogoutPlatform.Bye))).IsSeeOther(LogoutPlatform.Bye);
    }

    [Fact]
    public async Task A_parameter_that_appears_twice_ends_nothing()
    {
        (await _flow.Browser.Get($"/oauth/logout?id_token_hint={_hint}&id_token_hint={_hint}")).IsPage("cannot be accepted", 400);
        Assert.True(await _flow.Browser.IsSignedIn());
    }

    [Fact]
    public async Task A_confirmation_from_another_site_ends_nothing()
    {
        _flow.Browser.FetchSite = "cross-site";
        (await _flow.Browser.Post("/oauth/logout/confirm", ("request", ""), ("decision", "sign-out"))).IsPage("This form cannot be accepted", 403);
        _flow.Browser.FetchSite = "same-origin";
        Assert.True(await _flow.Browser.IsSignedIn());
    }

    [Fact]
    public async Task A_sign_out_ends_what_was_given_for_its_time_and_leaves_what_was_given_beyond_it()
    {
        var (brief, lasting) = (await _flow.SignInAt(_platform.ClientId), await _flow.SignInAt(_platform.ClientId, "openid offline_access"));
        await _flow.Browser.Logout(("id_token_hint", _hint));
        (await UserInfo(brief)).IsRefused("invalid_token", 401);
        (await UserInfo(lasting)).IsOk();
        (await _server.Refresh(lasting.Text("refresh_token")!, _platform.ClientId)).IsOk();
    }

    [Fact]
    public async Task It_is_written_down_who_asked_and_who_was_to_be_told()
    {
        await _flow.Browser.Logout(("id_token_hint", _hint));
        var entry = (await _server.Get<AuditLog>().OfAccount(_server.Account.Id, AuditAction.SignedOut, _server.Clock.Now, 10, Ct))[0];
        Assert.Equal(("account", _platform.ClientId, _platform.ClientId), (entry.Actor, entry.ClientId, entry.Details));
    }

    private Task<Reply> UserInfo(JsonElement tokens) => _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {tokens.Text("access_token")}"));

    // A server of the same name with keys of its own.
    private static async Task<JsonElement> Elsewhere()
    {
        await using var other = await GapuraServer.Start();
        await CodeFlow.Register(other);
        return await new CodeFlow(other).SignInAt(CodeFlow.ClientId);
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string text) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text));
}

public sealed class RpLogoutOnSqlite(ServerOn<SqliteStore> on) : RpLogoutContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class RpLogoutOnPostgres(ServerOn<PostgresStore> on) : RpLogoutContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

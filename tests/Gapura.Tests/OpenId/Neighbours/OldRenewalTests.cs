using Gapura.OpenId.Neighbours;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>A refresh token that is shown again and again, and everything that ends it.</summary>
public abstract class OldRenewalContract
{
    private const string NotValid = "The refresh token is not valid, has expired, was revoked or was already used.";
    private readonly GapuraServer _server;

    private protected OldRenewalContract(GapuraServer server) => _server = server;

    [Fact]
    public async Task It_gets_a_new_access_token_each_time_and_stays_what_it_is()
    {
        var platform = await OldPlatform.Register(_server);
        var (access, refresh) = await platform.SignIn("basic_info");
        using var seen = new OldWaysSeen(_server, platform.ClientId);
        for (var i = 0; i < 3; i++)
        {
            _server.Clock.Pass(TimeSpan.FromMinutes(20));
            var reply = await platform.Renew(refresh);
            var renewed = reply.IsOk().Json.GetProperty("access_token").GetString()!;
            reply.Is(200, $$"""{"access_token":"{{renewed}}","expires_in":900}""");
            Assert.Equal("no-store", reply["Cache-Control"]);
            Assert.Equal("Siti Aminah", (await _server.Me(renewed)).IsOk().Json.GetProperty("name").GetString());
            foreach (var same in (string[])["sub", "client_id", "grant_id", "scope", "auth_time"])
                Assert.Equal(CodeFlow.Claims(access).GetProperty(same).ToString(), CodeFlow.Claims(renewed).GetProperty(same).ToString());
        }

        Assert.Equal(["refreshAccessToken 1", "refreshAccessToken 1", "refreshAccessToken 1"], seen.Counted);
        Assert.All(seen.Lines, line => Assert.Equal($"Information: Platform {platform.ClientId} renewed an access token without trading its refresh token, of grant {CodeFlow.Claims(access).GetProperty("grant_id")}.", line));
    }

    [Fact]
    public async Task However_often_it_is_shown_it_ends_30_days_after_it_was_issued()
    {
        var platform = await OldPlatform.Register(_server);
        var (_, refresh) = await platform.SignIn("basic_info");
        for (var day = 0; day < 29; day++)
        {
            _server.Clock.Pass(TimeSpan.FromDays(1));
            (await platform.Renew(refresh)).IsOk();
        }

        _server.Clock.Pass(TimeSpan.FromDays(1));
        (await platform.Renew(refresh)).IsRefused("invalid_grant", NotValid);
    }

    [Fact]
    public async Task A_door_s_token_is_renewed_too()
    {
        var (_, refresh) = await _server.SignIn();
        (await Renew(refresh, GapuraServer.ClientId)).IsOk();
        (await _server.Refresh(refresh)).NextRefreshToken();
    }

    [Fact]
    public async Task Whoever_asked_for_more_than_is_documented_goes_to_the_token_endpoint()
    {
        var platform = await OldPlatform.Register(_server);
        foreach (var scope in (string[])["openid offline_access", "openid basic_info offline_access", "profile", "basic_info npwp"])
        {
            var (_, refresh) = await platform.SignIn(scope);
            (await platform.Renew(refresh)).IsRefused("invalid_grant", NotValid);
            (await platform.Renew(refresh, ("client_secret", platform.Key))).IsRefused("invalid_grant", NotValid);
            (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", platform.ClientId), ("client_secret", platform.Key)])).NextRefreshToken();
        }
    }

    [Fact]
    public async Task One_that_was_traded_and_is_shown_here_ends_what_both_hold()
    {
        var platform = await OldPlatform.Register(_server);
        var (access, refresh) = await platform.SignIn("basic_info");
        var next = (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", platform.ClientId), ("client_secret", platform.Key)])).NextRefreshToken();
        _server.Clock.Pass(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        (await platform.Renew(refresh)).IsRefused("invalid_grant", NotValid);
        (await platform.Renew(next)).IsOk();
        _server.Clock.Pass(TimeSpan.FromMilliseconds(1));
        (await platform.Renew(refresh)).IsRefused("invalid_grant", NotValid);
        (await platform.Renew(next)).IsRefused("invalid_grant", NotValid);
        (await _server.Me(access)).IsRefused("invalid_token", 401);
    }

    [Fact]
    public async Task An_unknown_a_foreign_a_revoked_and_a_disabled_person_s_token_look_alike()
    {
        var (platform, other) = (await OldPlatform.Register(_server), await OldPlatform.Register(_server));
        var (_, foreign) = await other.SignIn("basic_info");
        var (_, revoked) = await platform.SignIn("basic_info");
        (await _server.PostForm("/oauth/revoke", [("token", revoked), ("client_id", platform.ClientId), ("client_secret", platform.Key)])).IsOk();
        var gone = await OldPlatform.Person(_server, "pergi.jauh");
        var (_, disabled) = await platform.SignIn("basic_info", await platform.SignedIn("pergi.jauh"));
        await _server.Disable(gone);
        var outside = new List<string>();
        foreach (var token in (string[])["gpr_" + new string('A', 43), foreign, revoked, disabled, "x", "é"]) outside.Add((await platform.Renew(token)).IsRefused("invalid_grant", NotValid).Outside);
        Assert.Single(outside.Distinct());
        (await other.Renew(foreign)).IsOk();
    }

    [Fact]
    public async Task A_wrong_secret_an_unknown_client_and_one_with_a_key_of_its_own_get_nowhere()
    {
        var platform = await OldPlatform.Register(_server);
        var (_, refresh) = await platform.SignIn("basic_info");
        (await platform.Renew(refresh, ("client_secret", "wrong"))).IsRefused("invalid_client", 401);
        (await platform.Renew(refresh, ("client_secret", _server.ApiKey))).IsRefused("invalid_client", 401);
        (await Renew(refresh, "nobody")).IsRefused("invalid_client", 401);
        (await _server.PostForm("/oauth/refreshAccessToken", [("grant_type", "refresh_token"), ("refresh_token", refresh)])).IsRefused("invalid_client", 401);
        var keyed = await OldPlatform.Register(_server, new ClientSettings { AuthenticationMethod = "private_key_jwt" });
        (await keyed.Renew(refresh)).IsRefused("invalid_client", 401);
        (await platform.Renew(refresh, ("client_secret", platform.Key))).IsOk();
    }

    [Fact]
    public async Task A_request_says_what_it_wants()
    {
        var platform = await OldPlatform.Register(_server);
        var (_, refresh) = await platform.SignIn("basic_info");
        (await _server.PostForm("/oauth/refreshAccessToken", [("refresh_token", refresh), ("client_id", platform.ClientId)])).IsRefused("invalid_request", "grant_type is missing.");
        (await _server.PostForm("/oauth/refreshAccessToken", [("grant_type", "authorization_code"), ("refresh_token", refresh), ("client_id", platform.ClientId)])).IsRefused("unsupported_grant_type");
        (await _server.PostForm("/oauth/refreshAccessToken", [("grant_type", "refresh_token"), ("client_id", platform.ClientId)])).IsRefused("invalid_request", "refresh_token is missing.");
        (await _server.Post("/oauth/refreshAccessToken", $$"""{"grant_type":"refresh_token","refresh_token":"{{refresh}}","client_id":"{{platform.ClientId}}"}""")).IsOk();
        var other = await _server.Get("/oauth/refreshAccessToken");
        Assert.Equal("POST", other.IsRefused("method_not_allowed", 405)["Allow"]);
        Assert.Equal(GapuraServer.Domain, (await _server.PostForm("/oauth/refreshAccessToken", [], ("Origin", GapuraServer.Domain)))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Revoking_asks_for_the_token_alone_and_answers_nothing()
    {
        var platform = await OldPlatform.Register(_server);
        foreach (var byAccessToken in (bool[])[true, false])
        {
            var (access, refresh) = await platform.SignIn("basic_info");
            var reply = await _server.PostForm("/oauth/revoke", [("token", byAccessToken ? access : refresh)]);
            Assert.Equal((200, ""), (reply.Status, reply.Text));
            (await platform.Renew(refresh)).IsRefused("invalid_grant", NotValid);
            (await _server.Me(access)).IsRefused("invalid_token", 401);
            (await _server.PostForm("/oauth/revoke", [("token", byAccessToken ? access : refresh)])).IsOk();
        }

        (await _server.PostForm("/oauth/revoke", [("token", "unknown")])).IsOk();
        (await _server.PostForm("/oauth/revoke", [])).IsRefused("invalid_request", "token is missing.");
    }

    [Fact]
    public void What_is_bound_to_a_key_is_not_renewed_without_it()
    {
        var grant = Seed.Grant("a", "ttb", _server.Clock) with { Door = Door.OpenId, Scope = "basic_info phone" };
        Assert.True(OldRenewal.IsRenewedHere(grant));
        Assert.False(OldRenewal.IsRenewedHere(grant with { Sender = new SenderKey(SenderKey.Dpop, new string('A', 43)) }));
        Assert.False(OldRenewal.IsRenewedHere(grant with { Scope = "basic_info openid" }));
        Assert.True(OldRenewal.IsRenewedHere(grant with { Door = Door.Qr, Scope = "" }));
        Assert.False(OldRenewal.IsRenewedHere(grant with { Door = Door.Qr, Sender = new SenderKey(SenderKey.Certificate, new string('A', 43)) }));
    }

    private Task<Reply> Renew(string refreshToken, string clientId) =>
        _server.PostForm("/oauth/refreshAccessToken", [("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", clientId)]);
}

public sealed class OldRenewalOnSqlite(ServerOn<SqliteStore> on) : OldRenewalContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class OldRenewalOnPostgres(ServerOn<PostgresStore> on) : OldRenewalContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

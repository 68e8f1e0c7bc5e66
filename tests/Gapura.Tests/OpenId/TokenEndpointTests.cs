using System.Text;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Refreshing, on both databases: what happens once must happen once on each.</summary>
public abstract class TokenEndpointContract
{
    private const string NotValid = "The refresh token is not valid, has expired, was revoked or was already used.";
    private readonly GapuraServer _server;

    private protected TokenEndpointContract(GapuraServer server) => _server = server;

    [Fact]
    public async Task A_refresh_token_gets_new_tokens_of_the_same_grant()
    {
        var (access, refresh) = await _server.SignIn();
        _server.Clock.Pass(TimeSpan.FromMinutes(10));
        var reply = await _server.Refresh(refresh);
        var json = reply.IsOk().Json;
        var renewed = json.GetProperty("access_token").GetString()!;
        reply.Is(200, $$"""{"access_token":"{{renewed}}","token_type":"Bearer","expires_in":900,"refresh_token":"{{reply.NextRefreshToken()}}"}""");
        Assert.Equal("no-store", reply["Cache-Control"]);
        var (before, after) = (QrSteps.Claims(access), QrSteps.Claims(renewed));
        foreach (var same in (string[])["iss", "aud", "sub", "client_id", "grant_id", "auth_time"]) Assert.Equal(before.GetProperty(same).ToString(), after.GetProperty(same).ToString());
        Assert.Equal(600, after.GetProperty("iat").GetInt64() - before.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Within_its_grace_the_predecessor_gets_the_same_successor()
    {
        var (_, refresh) = await _server.SignIn();
        var next = (await _server.Refresh(refresh)).NextRefreshToken();
        _server.Clock.Pass(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(next, (await _server.Refresh(refresh)).NextRefreshToken());
        (await _server.Refresh(next)).NextRefreshToken();
    }

    [Fact]
    public async Task After_its_grace_a_reused_token_ends_the_whole_grant()
    {
        var (access, refresh) = await _server.SignIn();
        var next = (await _server.Refresh(refresh)).NextRefreshToken();
        _server.Clock.Pass(TimeSpan.FromSeconds(30));
        (await _server.Refresh(refresh)).IsRefused("invalid_grant", NotValid);
        (await _server.Refresh(next)).IsRefused("invalid_grant", NotValid);
        (await _server.Introspect(access, _server.ApiKey)).Is(200, """{"active":false}""");
    }

    [Fact]
    public async Task Within_its_grace_a_grandparent_ends_it_too()
    {
        var (_, refresh) = await _server.SignIn();
        var next = (await _server.Refresh(refresh)).NextRefreshToken();
        var last = (await _server.Refresh(next)).NextRefreshToken();
        (await _server.Refresh(refresh)).IsRefused("invalid_grant", NotValid);
        (await _server.Refresh(last)).IsRefused("invalid_grant", NotValid);
    }

    [Fact]
    public async Task The_screens_chain_and_the_phones_are_of_one_grant_and_do_not_disturb_each_other()
    {
        var nonce = QrSteps.NewNonce();
        var phone = (await _server.Approve(await _server.Open(nonce))).RefreshToken();
        var screen = (await _server.Ask(nonce)).RefreshToken();
        Assert.NotEqual(phone, screen);
        for (var i = 0; i < 3; i++) (phone, screen) = ((await _server.Refresh(phone)).NextRefreshToken(), (await _server.Refresh(screen)).NextRefreshToken());
    }

    [Fact]
    public async Task Of_20_refreshes_at_once_there_is_one_successor()
    {
        for (var round = 0; round < Effort.Of(10, 200); round++)
        {
            var (_, refresh) = await _server.SignIn();
            var replies = await AtOnce.Run(20, _ => _server.Refresh(refresh));
            var successor = Assert.Single(replies.Select(r => r.NextRefreshToken()).Distinct());
            (await _server.Refresh(successor)).NextRefreshToken();
        }
    }

    [Fact]
    public async Task A_token_lives_30_days_and_each_rotation_starts_them_anew()
    {
        var (_, refresh) = await _server.SignIn();
        _server.Clock.Pass(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        var next = (await _server.Refresh(refresh)).NextRefreshToken();
        _server.Clock.Pass(TimeSpan.FromDays(30));
        (await _server.Refresh(next)).IsRefused("invalid_grant", NotValid);
    }

    [Fact]
    public async Task An_unknown_a_foreign_a_disabled_persons_and_a_malformed_token_look_alike()
    {
        var (_, foreign) = await _server.SignIn(GapuraServer.OtherClientId);
        var gone = await _server.AddAccount("pergi");
        using var phone = new Phone();
        await _server.Enrol(gone, phone);
        var disabled = (await _server.Approve(await _server.Open(QrSteps.NewNonce()), phone)).RefreshToken();
        await _server.Disable(gone);
        var outside = new List<string>();
        foreach (var token in (string[])["gpr_" + new string('A', 43), foreign, disabled, "x", "é", "' OR 1=1 --"])
            outside.Add((await _server.Refresh(token)).IsRefused("invalid_grant", NotValid).Outside);
        Assert.Single(outside.Distinct());

        // A stranger's try does not cost its owner the token.
        (await _server.Refresh(foreign, GapuraServer.OtherClientId)).NextRefreshToken();
    }

    [Fact]
    public async Task A_client_is_known_by_header_by_Basic_by_body_or_by_name()
    {
        var (_, refresh) = await _server.SignIn();
        (string, string)[] fields = [("grant_type", "refresh_token")];
        (string, string)[][] headers = [[("beacukai-api-key", _server.ApiKey)], [("x-api-key", _server.ApiKey)], [("Authorization", Basic("client-1", _server.ApiKey))], [("Authorization", Basic("client%2D1", _server.ApiKey))]];
        foreach (var some in headers) refresh = (await _server.PostForm("/oauth/token", [.. fields, ("refresh_token", refresh)], some)).NextRefreshToken();
        refresh = (await _server.PostForm("/oauth/token", [.. fields, ("refresh_token", refresh), ("client_id", "client-1"), ("client_secret", _server.ApiKey)])).NextRefreshToken();
        refresh = (await _server.PostForm("/oauth/token", [.. fields, ("refresh_token", refresh), ("client_secret", _server.ApiKey)])).NextRefreshToken();
        (await _server.Post("/oauth/token", $$"""{"grant_type":"refresh_token","refresh_token":"{{refresh}}","client_id":"client-1"}""")).NextRefreshToken();
    }

    [Fact]
    public async Task A_client_that_tries_to_prove_itself_and_fails_is_401_with_a_challenge()
    {
        var (_, refresh) = await _server.SignIn();
        (string, string)[] fields = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
        var replies = new List<Reply>
        {
            await _server.PostForm("/oauth/token", fields),
            await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-9")]),
            await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-1"), ("client_secret", "wrong")]),
            await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-1"), ("client_secret", "")]),
            await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-2"), ("client_secret", _server.ApiKey)]),
            await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-1")], ("beacukai-api-key", "wrong")),
            await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-2")], ("beacukai-api-key", _server.ApiKey)),
        };
        foreach (var authorization in (string[])[Basic("client-1", "wrong"), Basic("client-2", _server.ApiKey), "Basic", "Basic !!!", "Basic " + Convert.ToBase64String([0xFF, 0xFE]), "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("client-1")), "Bearer x", "Digest x"])
            replies.Add(await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-1")], ("Authorization", authorization)));
        Assert.All(replies, reply =>
        {
            reply.IsRefused("invalid_client", "The client could not be authenticated.", 401);
            Assert.Equal("Basic realm=\"Gapura\", charset=\"UTF-8\"", reply["WWW-Authenticate"]);
        });
        (await _server.Refresh(refresh)).NextRefreshToken();
    }

    [Fact]
    public async Task Who_is_called_one_thing_in_the_header_and_another_in_the_body_is_neither()
    {
        var (_, refresh) = await _server.SignIn();
        (string, string)[] fields = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
        (await _server.PostForm("/oauth/token", [.. fields, ("client_id", GapuraServer.OtherClientId)], ("Authorization", Basic("client-1", _server.ApiKey)))).IsRefused("invalid_client", 401);
        (await _server.PostForm("/oauth/token", [.. fields, ("client_id", "client-1")], ("Authorization", Basic("client-1", _server.ApiKey)))).NextRefreshToken();
    }

    [Theory]
    [InlineData("", "invalid_request", "grant_type is missing.")]
    [InlineData("grant_type=password", "unsupported_grant_type", "This grant_type is not supported.")]
    [InlineData("grant_type=refresh_token", "invalid_request", "refresh_token is missing.")]
    [InlineData("grant_type=refresh_token&refresh_token=", "invalid_request", "refresh_token is missing.")]
    public async Task A_request_that_is_not_one_is_told_what_it_lacks(string body, string code, string sentence) =>
        (await _server.Post("/oauth/token", QrSteps.Bytes(body + "&client_id=client-1"), "application/x-www-form-urlencoded")).IsRefused(code, sentence);

    [Fact]
    public async Task Any_method_but_POST_is_405()
    {
        foreach (var path in (string[])["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
        {
            var reply = await _server.Get(path);
            Assert.Equal((405, "POST"), (reply.Status, reply["Allow"]));
        }
    }

    [Fact]
    public async Task Revoking_either_token_ends_the_grant_and_a_strangers_request_does_nothing()
    {
        foreach (var byAccessToken in (bool[])[true, false])
        {
            var (access, refresh) = await _server.SignIn();
            var token = byAccessToken ? access : refresh;
            (await Revoke(token, GapuraServer.OtherClientId)).IsOk();
            (await _server.PostForm("/oauth/revoke", [("token", token), ("client_id", "nobody")])).IsRefused("invalid_client", 401);
            (await _server.PostForm("/oauth/revoke", [("token", token), ("client_id", "client-1"), ("client_secret", "wrong")])).IsRefused("invalid_client", 401);
            (await _server.Introspect(access, _server.ApiKey)).IsOk();
            refresh = byAccessToken ? (await _server.Refresh(refresh)).NextRefreshToken() : refresh;
            var reply = await Revoke(byAccessToken ? access : refresh, GapuraServer.ClientId);
            Assert.Equal((200, ""), (reply.Status, reply.Text));
            (await _server.Introspect(access, _server.ApiKey)).Is(200, """{"active":false}""");
            (await _server.Refresh(refresh)).IsRefused("invalid_grant", NotValid);
        }

        (await Revoke("unknown", GapuraServer.ClientId)).IsOk();
        (await Revoke("a.b.c", GapuraServer.ClientId)).IsOk();

        Task<Reply> Revoke(string token, string clientId) => _server.PostForm("/oauth/revoke", [("token", token), ("client_id", clientId)]);
    }

    private static string Basic(string clientId, string key) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{key}"));
}

public sealed class TokenEndpointOnSqlite(ServerOn<SqliteStore> on) : TokenEndpointContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class TokenEndpointOnPostgres(ServerOn<PostgresStore> on) : TokenEndpointContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using System.Text;
using System.Text.Json;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Sessions;

/// <summary>A person enrols a phone, sees it, uses it and revokes it.</summary>
public abstract class DeviceEndpointsContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private readonly Browser _browser;

    private protected DeviceEndpointsContract(GapuraServer server) => (_server, _browser) = (server, new Browser(server) { Accept = "application/json" });

    public async ValueTask InitializeAsync() => (await _browser.SignIn()).IsSeeOther("/account");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_phone_that_proves_its_key_is_enrolled_and_signs_in()
    {
        using var phone = new Phone();
        var (challenge, reply) = await Challenge();
        Assert.Matches($"^nu\\.id\\.enrol:1:{_server.Account.Id}:[0-9a-f]{{58}}:[0-9]{{10}}$", challenge);
        reply.Is(200, $$"""{"challenge":"{{challenge}}","expires":{{_server.Clock.Now.AddMinutes(5).ToUnixTimeSeconds()}}}""");
        var enrolled = await Enrol(phone, challenge);
        var id = enrolled.Json.GetProperty("id").GetString();
        enrolled.Is(201, $$"""{"id":"{{id}}","name":"Ponsel saya","publicKey":"{{phone.PublicKey}}","enrolledAt":{{_server.Clock.Now.ToUnixTimeSeconds()}}}""");
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()), phone)).IsOk();
        var listed = (await _browser.Get("/v1/devices")).IsOk().Json.EnumerateArray().Single(d => d.GetProperty("id").GetString() == id);
        Assert.Equal(_server.Clock.Now.ToUnixTimeSeconds(), listed.GetProperty("lastUsedAt").GetInt64());
    }

    [Fact]
    public async Task A_revoked_phone_ends_its_grants_stays_listed_and_never_comes_back()
    {
        using var phone = new Phone();
        var id = (await Enrol(phone, (await Challenge()).Text)).Json.GetProperty("id").GetString();
        var signedIn = await _server.Approve(await _server.Open(QrSteps.NewNonce()), phone);
        var revoked = await _browser.Send(HttpMethod.Delete, $"/v1/devices/{id}", null, null);
        Assert.Equal((204, ""), (revoked.Status, revoked.Text));
        (await _browser.Send(HttpMethod.Delete, $"/v1/devices/{id}", null, null)).IsRefused("not_found", 404);
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()), phone)).IsRefused("invalid_key");
        (await _server.PostForm("/oauth/introspect", [("token", signedIn.AccessToken())], ("beacukai-api-key", _server.ApiKey))).Is(200, """{"active":false}""");
        (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", signedIn.RefreshToken()), ("client_id", "client-1")])).IsRefused("invalid_grant");
        Assert.True((await _browser.Get("/v1/devices")).IsOk().Json.EnumerateArray().Single(d => d.GetProperty("id").GetString() == id).TryGetProperty("revokedAt", out _));
        (await Enrol(phone, (await Challenge()).Text)).IsRefused("key_taken", "This public key cannot be enrolled.", 409);
    }

    [Fact]
    public async Task A_key_serves_one_person_once()
    {
        using var phone = new Phone();
        (await Enrol(phone, (await Challenge()).Text)).IsCreated();
        (await Enrol(phone, (await Challenge()).Text)).IsRefused("key_taken", 409);
        await _server.AddAccount("orang.ketiga");
        await _browser.SignIn("orang.ketiga");
        (await Enrol(phone, (await Challenge()).Text)).IsRefused("key_taken", "This public key cannot be enrolled.", 409);
    }

    [Fact]
    public async Task Of_16_enrolments_of_one_key_at_once_one_succeeds()
    {
        using var phone = new Phone();
        var challenge = (await Challenge()).Text;
        var signature = phone.Sign(challenge);
        var cookie = ("Cookie", $"gapura-session={_browser.Cookies["gapura-session"]}");
        var replies = await AtOnce.Run(16, _ => _server.PostForm("/v1/devices", [("name", "Ponsel"), ("publicKey", phone.PublicKey), ("challenge", challenge), ("signature", signature)], cookie));
        Assert.Equal((1, 15), (replies.Count(r => r.Status == 201), replies.Count(r => r.Status == 409)));
    }

    [Fact]
    public async Task Anything_but_a_live_challenge_of_ones_own_is_no_proof()
    {
        using var phone = new Phone();
        var mine = (await Challenge()).Text;
        await _server.AddAccount("orang.lain");
        var other = new Browser(_server);
        await other.SignIn("orang.lain");
        var foreign = (await other.Post("/v1/devices/challenge")).Json.GetProperty("challenge").GetString()!;
        var sessionId = await _server.Open(QrSteps.NewNonce());
        var parts = mine.Split(':');
        var altered = Enumerable.Range(0, mine.Length).Select(at => mine[..at] + (mine[at] == '0' ? '1' : '0') + mine[(at + 1)..]);
        foreach (var challenge in (string[])[foreign, sessionId, "", "x", mine + " ", mine.ToUpperInvariant(), $"nu.id:1:{parts[2]}:{parts[3]}:{parts[4]}", $"{parts[0]}:{parts[1]}:{foreign.Split(':')[2]}:{parts[3]}:{parts[4]}", .. altered])
            (await Enrol(phone, challenge)).IsRefused("invalid_proof", "The proof of possession is not valid or has expired.");
        (await Enrol(phone, mine, signature: _server.Phone.Sign(mine))).IsRefused("invalid_proof");
        (await Enrol(phone, mine, signature: phone.Sign(sessionId))).IsRefused("invalid_proof");
        (await Enrol(phone, mine, signature: "")).IsRefused("invalid_proof");
        (await Enrol(phone, mine)).IsCreated();
    }

    [Fact]
    public async Task A_challenge_lives_five_minutes()
    {
        using Phone first = new(), second = new();
        var challenge = (await Challenge()).Text;
        _server.Clock.Pass(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        (await Enrol(first, challenge)).IsCreated();
        _server.Clock.Pass(TimeSpan.FromMilliseconds(1));
        (await Enrol(second, challenge)).IsRefused("invalid_proof");
    }

    [Fact]
    public async Task A_proof_is_no_sign_in()
    {
        var challenge = (await Challenge()).Text;
        (await _server.Approve(challenge)).IsRefused("invalid_session");
        var sessionId = await _server.Open(QrSteps.NewNonce());
        (await _server.Approve(sessionId, signature: _server.Phone.Sign(challenge))).IsRefused("invalid_signature");
    }

    [Fact]
    public async Task Ten_minutes_after_signing_in_a_phone_is_enrolled_no_more_but_still_revoked()
    {
        using Phone phone = new(), lost = new();
        var device = await _server.Enrol(_server.Account, lost);
        _server.Clock.Pass(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var challenge = (await Challenge()).Text;
        _server.Clock.Pass(TimeSpan.FromMilliseconds(1));
        const string Sentence = "Sign in again first: this needs a sign-in of the last minutes.";
        (await _browser.Post("/v1/devices/challenge")).IsRefused("fresh_sign_in_required", Sentence, 403);
        (await Enrol(phone, challenge)).IsRefused("fresh_sign_in_required", Sentence, 403);
        (await _browser.Get("/v1/devices")).IsOk();
        Assert.Equal(204, (await _browser.Send(HttpMethod.Delete, $"/v1/devices/{device}", null, null)).Status);
        await _browser.SignIn();
        (await Enrol(phone, challenge)).IsCreated();
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_anywhere()
    {
        var stranger = new Browser(_server) { Accept = "application/json" };
        using var phone = new Phone();
        foreach (var reply in (Reply[])
        [
            await stranger.Post("/v1/devices/challenge"), await stranger.Post("/v1/devices", ("name", "x")), await stranger.Get("/v1/devices"),
            await stranger.Send(HttpMethod.Delete, $"/v1/devices/{_server.DeviceId}", null, null),
        ])
        {
            reply.IsRefused("not_signed_in", "Sign in first.", 401);
            Assert.Equal("no-store", reply["Cache-Control"]);
        }
    }

    [Fact]
    public async Task Another_site_gets_nowhere_with_a_signed_in_browser()
    {
        _browser.FetchSite = "cross-site";
        (await _browser.Post("/v1/devices/challenge")).IsRefused("foreign_form", "This form was not sent from our own page.", 403);
        (await _browser.Post("/v1/devices", ("name", "x"))).IsRefused("foreign_form", 403);
        (await _browser.Send(HttpMethod.Delete, $"/v1/devices/{_server.DeviceId}", null, null)).IsRefused("foreign_form", 403);
        Assert.Null((await _browser.Send(HttpMethod.Get, "/v1/devices", null, null, ("Origin", GapuraServer.Domain)))["Access-Control-Allow-Origin"]);
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%00")]
    [InlineData("%ff")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F0%9F%9A%A2")]
    [InlineData("'%20OR%201=1%20--")]
    public async Task A_phone_that_is_nobodys_is_not_found(string id)
    {
        var reply = await _browser.Send(HttpMethod.Delete, $"/v1/devices/{id}", null, null);
        Assert.True(reply.Status is 404 or 400, $"{reply.Status} {reply.Text}");
    }

    [Fact]
    public async Task Names_and_keys_have_their_form()
    {
        using var phone = new Phone();
        var challenge = (await Challenge()).Text;
        foreach (var name in (string[])["", new string('n', 65), "a\0b", "a\nb"])
            (await Enrol(phone, challenge, name: name)).IsRefused("invalid_request", "name must be a text of 1 to 64 characters.");
        var body = JsonSerializer.Serialize(new { name = "Ponsel", publicKey = "02" + phone.PublicKey[2..66], challenge, signature = phone.Sign(challenge) });
        (await _browser.Send(HttpMethod.Post, "/v1/devices", Encoding.UTF8.GetBytes(body), "application/json"))
            .IsRefused("invalid_request", "publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1.");
        Assert.Equal("Ponsel 🚢", (await Enrol(phone, challenge, name: "  Ponsel 🚢 ")).IsCreated().Json.GetProperty("name").GetString());
    }

    private async Task<(string Text, Reply Reply)> Challenge()
    {
        var reply = await _browser.Post("/v1/devices/challenge");
        return (reply.IsOk().Json.GetProperty("challenge").GetString()!, reply);
    }

    private Task<Reply> Enrol(Phone phone, string challenge, string? signature = null, string name = "Ponsel saya") => _browser.Send(HttpMethod.Post, "/v1/devices",
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { name, publicKey = phone.PublicKey, challenge, signature = signature ?? phone.Sign(challenge) })), "application/json");
}

public sealed class DeviceEndpointsOnSqlite(ServerOn<SqliteStore> on) : DeviceEndpointsContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class DeviceEndpointsOnPostgres(ServerOn<PostgresStore> on) : DeviceEndpointsContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

internal static class DeviceReplies
{
    public static Reply IsCreated(this Reply reply)
    {
        Assert.True(reply.Status == 201, $"{reply.Status} {reply.Text}");
        return reply;
    }
}

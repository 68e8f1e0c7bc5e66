using System.Text;
using Gapura.Audit;
using Gapura.Platforms;
using Gapura.Protocol.Signatures;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>The keys that sign in as a person, in the hands of a platform they allowed it.</summary>
public abstract class KeyEndpointsContract
{
    private readonly GapuraServer _server;

    private protected KeyEndpointsContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_proved_registered_listed_used_deleted_and_used_no_more()
    {
        using var phone = new Phone();
        var platform = await OldPlatform.Register(_server);
        var person = await OldPlatform.Person(_server, "pemilik.kunci");
        var (access, _) = await platform.SignIn("keys_op", await platform.SignedIn("pemilik.kunci"));
        (await _server.Keys(access)).Is(200, "[]");

        var challenge = await Challenge(access);
        Assert.Matches($"^nu\\.id\\.enrol:1:{person.Id}:[0-9a-f]{{58}}:[0-9]{{10}}$", challenge);
        (await Register(access, phone, challenge)).Is(200, $$$"""{"result":{"publicKey":"{{{phone.PublicKey}}}"}}""");
        var id = (await _server.Keys(access)).IsOk().Json[0].GetProperty("id").GetString()!;
        (await _server.Keys(access)).Is(200, $$"""[{"id":"{{id}}","name":"Kunci saya","publicKey":"{{phone.PublicKey}}","keyType":"ecdsa","ownerId":"{{person.Id}}"}]""");
        var signedIn = (await _server.Approve(await _server.Open(QrSteps.NewNonce()), phone)).IsOk();

        (await _server.PostAs(access, "/v1/keys/delete", ("id", id))).Is(200, """{"result":"ok"}""");
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()), phone)).IsRefused("invalid_key");
        (await _server.Refresh(signedIn.RefreshToken())).IsRefused("invalid_grant");
        (await _server.Keys(access)).Is(200, "[]");
        (await _server.PostAs(access, "/v1/keys/delete", ("id", id))).IsRefused("not_found", 404);
        (await Register(access, phone, await Challenge(access))).IsRefused("key_taken", 409);

        var audit = (await _server.Get<AuditLog>().Last(person.Id, 50, Ct)).Where(e => e.DeviceId == id && e.Action.StartsWith("device.", StringComparison.Ordinal));
        Assert.Equal([("device.enrolled", "platform", platform.ClientId), ("device.revoked", "platform", platform.ClientId)], audit.OrderBy(e => e.Action, StringComparer.Ordinal).Select(e => (e.Action, e.Actor, e.ClientId ?? "")));
    }

    [Fact]
    public async Task Anything_but_a_live_challenge_of_ones_own_signed_by_the_key_is_no_proof()
    {
        using Phone phone = new(), another = new();
        var platform = await OldPlatform.Register(_server);
        var (access, _) = await platform.SignIn("keys_op");
        var (others, _) = await platform.SignIn("keys_op", await platform.SignedIn("orang.lain.lagi"));
        var (mine, foreign) = (await Challenge(access), await Challenge(others));
        foreach (var challenge in (string[])[foreign, await _server.Open(QrSteps.NewNonce()), "", "x", mine + " ", Slip.In(mine)])
            (await Register(access, phone, challenge)).IsRefused("invalid_proof", "The proof of possession is not valid or has expired.");
        (await Register(access, phone, mine, another.Sign(mine))).IsRefused("invalid_proof");
        (await Register(access, phone, mine, "")).IsRefused("invalid_proof");
        (await _server.PostAs(access, "/v1/keys/register", ("name", "Kunci"), ("publicKey", phone.PublicKey))).IsRefused("invalid_proof");
        (await _server.PostAs(access, "/v1/keys/register", ("name", "Kunci"), ("publicKey", "04zz"))).IsRefused("invalid_request", "publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1.");
        (await _server.PostAs(access, "/v1/keys/register", ("publicKey", phone.PublicKey))).IsRefused("invalid_request", "name must be a text of 1 to 64 characters.");
        (await Register(access, phone, mine)).IsOk();
    }

    [Fact]
    public async Task A_challenge_lives_five_minutes()
    {
        using var phone = new Phone();
        var platform = await OldPlatform.Register(_server);
        var (access, _) = await platform.SignIn("keys_op");
        var challenge = await Challenge(access);
        _server.Clock.Pass(TimeSpan.FromMinutes(5));
        (await Register(access, phone, challenge)).IsRefused("invalid_proof");
    }

    [Fact]
    public async Task A_key_is_added_only_within_ten_minutes_of_signing_in_whatever_is_renewed_or_allowed_since()
    {
        using var phone = new Phone();
        var platform = await OldPlatform.Register(_server);
        var browser = await platform.SignedIn();
        var (access, refresh) = await platform.SignIn("keys_op", browser);
        _server.Clock.Pass(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var challenge = await Challenge(access);
        _server.Clock.Pass(TimeSpan.FromMilliseconds(1));
        var renewed = (await platform.Renew(refresh)).IsOk().Json.GetProperty("access_token").GetString()!;
        var (allowedAgain, traded) = await platform.SignIn("keys_op", browser);
        var rotated = (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", traded), ("client_id", platform.ClientId), ("client_secret", platform.Key)])).IsOk().Json.GetProperty("access_token").GetString()!;
        foreach (var token in (string[])[access, renewed, allowedAgain, rotated])
        {
            (await Register(token, phone, challenge)).IsRefused("fresh_sign_in_required", 403);
            (await _server.PostAs(token, "/v1/keys/challenge")).IsRefused("fresh_sign_in_required", 403);
            (await _server.Keys(token)).IsOk();
        }

        await browser.SignIn(OldPlatform.Username);
        (await Register((await platform.SignIn("keys_op", browser)).Access, phone, challenge)).IsOk();
    }

    [Fact]
    public async Task A_pair_is_made_here_only_for_a_platform_that_is_let_in_so()
    {
        var platform = await OldPlatform.Register(_server);
        (await _server.PostAs((await platform.SignIn("keys_op")).Access, "/v1/keys/register", ("name", "Kunci"))).IsRefused("invalid_request", "publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1.");

        var old = await OldPlatform.LetInBy(_server, Quirks.ServerMadeKeys);
        using var seen = new OldWaysSeen(_server, old.ClientId);
        var (access, _) = await old.SignIn("keys_op");
        var reply = await _server.PostAs(access, "/v1/keys/register", ("name", "Kunci lama"));
        var (publicKey, privateKey) = (reply.IsOk().Json.GetProperty("result").GetProperty("publicKey").GetString()!, reply.Json.GetProperty("result").GetProperty("privateKey").GetString()!);
        reply.Is(200, $$$"""{"result":{"publicKey":"{{{publicKey}}}","privateKey":"{{{privateKey}}}"}}""");
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal([$"Warning: Platform {old.ClientId} was let in by an old way: server-made-keys."], seen.Lines);
        Assert.Equal(["server-made-keys 1"], seen.Counted);

        Assert.True(DeviceSigner.TryRead(privateKey, out var signer));
        using (signer)
        {
            Assert.Equal(publicKey, signer.PublicKey);
            var sessionId = await _server.Open(QrSteps.NewNonce());
            (await _server.Post("/v1/authenticate", $$"""{"sessionId":"{{sessionId}}","signature":"{{signer.Sign(sessionId)}}","publicKey":"{{publicKey}}","nonce":"{{QrSteps.PhoneNonce}}"}""")).IsOk();
        }

        Assert.DoesNotContain(privateKey, (await _server.Keys(access)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await _server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM devices WHERE public_key = @key OR name LIKE @part OR id LIKE @part", new { key = privateKey, part = $"%{privateKey}%" }), Ct));

        // One that has a key proves it, whatever its platform may do besides.
        using var phone = new Phone();
        (await _server.PostAs(access, "/v1/keys/register", ("name", "Kunci"), ("publicKey", phone.PublicKey))).IsRefused("invalid_proof");
    }

    [Fact]
    public async Task Only_ones_own_keys_are_deleted_and_a_foreign_and_an_unknown_one_look_alike()
    {
        var platform = await OldPlatform.Register(_server);
        var (access, _) = await platform.SignIn("keys_op");
        var foreign = (await _server.PostAs(access, "/v1/keys/delete", ("id", _server.DeviceId))).IsRefused("not_found", 404);
        var unknown = (await _server.PostAs(access, "/v1/keys/delete", ("id", Slip.In(_server.DeviceId)))).IsRefused("not_found", 404);
        Assert.Equal(foreign.Outside, unknown.Outside);
        (await _server.PostAs(access, "/v1/keys/delete")).IsRefused("invalid_request", "id must be a text of 1 to 64 characters.");
        (await _server.Approve(await _server.Open(QrSteps.NewNonce()))).IsOk();
        Assert.DoesNotContain(_server.Phone.PublicKey, (await _server.Keys(access)).IsOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_scope_or_a_token_that_stands_nobody_sees_adds_or_deletes_a_key()
    {
        var platform = await OldPlatform.Register(_server);
        var (narrow, _) = await platform.SignIn("basic_info phone update_basic_info");
        var door = (await _server.SignIn()).Access;
        var (ended, _) = await platform.SignIn("keys_op");
        (await _server.PostForm("/oauth/revoke", [("token", ended), ("client_id", platform.ClientId), ("client_secret", platform.Key)])).IsOk();
        foreach (var (token, code, status) in ((string, string, int)[])[(narrow, "insufficient_scope", 403), (door, "insufficient_scope", 403), (ended, "invalid_token", 401), ("x", "invalid_token", 401)])
        {
            (await _server.Keys(token)).IsRefused(code, status);
            foreach (var path in (string[])["/v1/keys/challenge", "/v1/keys/register", "/v1/keys/delete"])
            {
                var reply = (await _server.PostAs(token, path, ("id", _server.DeviceId), ("name", "Kunci"))).IsRefused(code, status);
                if (status == 403) Assert.EndsWith("scope=\"keys_op\"", reply["WWW-Authenticate"], StringComparison.Ordinal);
            }
        }

        foreach (var path in (string[])["/v1/keys/challenge", "/v1/keys/register", "/v1/keys/delete"])
        {
            (await _server.PostForm(path, [])).IsRefused("invalid_token", 401);
            Assert.Equal("POST", (await _server.Get(path)).IsRefused("method_not_allowed", 405)["Allow"]);
        }

        Assert.Equal("GET", (await _server.Post("/v1/keys", Encoding.UTF8.GetBytes("{}"), "application/json")).IsRefused("method_not_allowed", 405)["Allow"]);
    }

    private async Task<string> Challenge(string access)
    {
        var reply = await _server.PostAs(access, "/v1/keys/challenge");
        var challenge = reply.IsOk().Json.GetProperty("challenge").GetString()!;
        reply.Is(200, $$"""{"challenge":"{{challenge}}","expires":{{_server.Clock.Now.AddMinutes(5).ToUnixTimeSeconds()}}}""");
        return challenge;
    }

    private Task<Reply> Register(string access, Phone phone, string challenge, string? signature = null) => _server.PostAs(
        access, "/v1/keys/register", ("name", "Kunci saya"), ("publicKey", phone.PublicKey), ("challenge", challenge), ("signature", signature ?? phone.Sign(challenge)));
}

public sealed class KeyEndpointsOnSqlite(ServerOn<SqliteStore> on) : KeyEndpointsContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class KeyEndpointsOnPostgres(ServerOn<PostgresStore> on) : KeyEndpointsContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using Gapura.Platforms;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>Platforms that show who they are by a signature (private_key_jwt), over HTTP.</summary>
public abstract class ClientAssertionContract
{
    private const string Unknown = "The client could not be authenticated.";
    private readonly GapuraServer _server;

    private protected ClientAssertionContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [InlineData("RS256")]
    public async Task A_platform_is_known_by_its_signature(string algorithm)
    {
        using var signer = algorithm == "ES256" ? Signer.Es256() : Signer.Rsa(algorithm);
        var client = await SigningClient.Register(_server, signer);
        (await client.Ask(client.Assertion())).Is(200, """{"active":false}""");
        (await client.Ask(client.Assertion(), ("client_id", client.ClientId))).IsOk();
        (await client.Ask(client.Assertion(("aud", $"{_server.Issuer}/oauth/token")))).IsOk();
        (await client.Ask(client.Assertion(("aud", $"{_server.Issuer}/oauth/introspect")))).IsOk();
    }

    [Fact]
    public async Task RS256_is_not_for_those_who_follow_FAPI()
    {
        using var signer = Signer.Rsa("RS256");
        using var strict = Signer.Rsa("PS256");
        var client = await SigningClient.Register(_server, signer, s => s with { RequirePushedRequests = true, DpopBound = true });
        (await client.Ask(client.Assertion())).IsRefused("invalid_client", Unknown, 401);
        var other = await SigningClient.Register(_server, strict, s => s with { RequirePushedRequests = true, DpopBound = true });
        (await other.Ask(other.Assertion())).IsOk();
        (await other.Ask(other.Assertion(("aud", $"{_server.Issuer}/oauth/token")))).IsRefused("invalid_client", $"aud of client_assertion must be the one text {_server.Issuer}.", 401);
    }

    [Fact]
    public async Task An_assertion_is_good_once_and_its_owner_is_told_so()
    {
        using var signer = Signer.Es256();
        var client = await SigningClient.Register(_server, signer);
        var assertion = client.Assertion();
        (await client.Ask(assertion)).IsOk();
        (await client.Ask(assertion)).IsRefused("invalid_client", "client_assertion was used before: every request needs its own jti.", 401);
        _server.Clock.Pass(TimeSpan.FromSeconds(89));
        (await client.Ask(assertion)).IsRefused("invalid_client", "client_assertion was used before: every request needs its own jti.", 401);
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await client.Ask(assertion)).IsRefused("invalid_client", "client_assertion: It has expired (exp).", 401);
    }

    [Fact]
    public async Task Of_16_requests_with_one_assertion_one_is_answered()
    {
        using var signer = Signer.Es256();
        var client = await SigningClient.Register(_server, signer);
        var assertion = client.Assertion();
        var replies = await AtOnce.Run(16, _ => client.Ask(assertion));
        Assert.Equal(1, replies.Count(r => r.Status == 200));
    }

    [Fact]
    public async Task Two_platforms_may_use_the_same_jti()
    {
        using var signer = Signer.Es256();
        var (one, two) = (await SigningClient.Register(_server, signer), await SigningClient.Register(_server, signer));
        (await one.Ask(one.Assertion(("jti", "the same")))).IsOk();
        (await two.Ask(two.Assertion(("jti", "the same")))).IsOk();
    }

    [Fact]
    public async Task Before_the_signature_is_known_every_fault_looks_the_same()
    {
        using var signer = Signer.Es256();
        using var stranger = Signer.Es256();
        var client = await SigningClient.Register(_server, signer);
        var forged = new SigningClient(_server, client.ClientId, stranger);
        var nobody = new SigningClient(_server, "nobody", signer);
        var keyed = new SigningClient(_server, GapuraServer.ClientId, signer);
        var rows = await _server.Rows();
        var refused = await client.Ask("nothing.of.this");
        refused.IsRefused("invalid_client", Unknown, 401);
        foreach (var reply in (Reply[])[
            await forged.Ask(forged.Assertion()), await nobody.Ask(nobody.Assertion()), await keyed.Ask(keyed.Assertion()), await client.Ask(client.Assertion() + "A"), await client.Ask(""),
            await _server.PostForm("/oauth/introspect", [("token", "x"), ("client_assertion", client.Assertion())]),
            await _server.PostForm("/oauth/introspect", [("token", "x"), ("client_assertion_type", SigningClient.AssertionType)]),
            await _server.PostForm("/oauth/introspect", [("token", "x"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"), ("client_assertion", client.Assertion())])])
            Assert.Equal(refused.Outside, reply.Outside);
        Assert.Equal(rows, await _server.Rows());
    }

    [Fact]
    public async Task An_assertion_of_one_platform_does_not_speak_for_another()
    {
        using var signer = Signer.Es256();
        var (one, two) = (await SigningClient.Register(_server, signer), await SigningClient.Register(_server, signer));
        (await one.Ask(one.Assertion(), ("client_id", two.ClientId))).IsRefused("invalid_client", "client_id is not the client_assertion's.", 401);
        (await one.Ask(one.Assertion(("sub", two.ClientId)))).IsRefused("invalid_client", "iss and sub of client_assertion must both be the client_id.", 401);
        (await one.Ask(one.Assertion(("sub", null)))).IsRefused("invalid_client", "iss and sub of client_assertion must both be the client_id.", 401);
    }

    [Fact]
    public async Task Who_registered_one_way_is_let_in_by_no_other()
    {
        using var signer = Signer.Es256();
        var client = await SigningClient.Register(_server, signer);
        var key = (await _server.Get<ApiKeys>().Issue(client.ClientId, null, Ct))!.Value.Key.Reveal();
        await _server.Follow();
        (await _server.Introspect("x", key)).IsRefused("invalid_client", Unknown, 401);
        (await _server.PostForm("/oauth/introspect", [("token", "x"), ("client_id", client.ClientId), ("client_secret", key)])).IsRefused("invalid_client", Unknown, 401);
        (await _server.PostForm("/oauth/introspect", [("token", "x"), ("client_id", client.ClientId)])).IsRefused("invalid_client", Unknown, 401);
        (await client.Ask(client.Assertion(), ("client_secret", key))).IsRefused("invalid_request", "Only one way of authenticating the client may be used in a request.");
        (await client.Ask(client.Assertion())).IsOk();
    }

    [Fact]
    public async Task The_code_flow_asks_for_the_assertion()
    {
        using var signer = Signer.Es256();
        var client = await SigningClient.Register(_server, signer);
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback(("client_id", client.ClientId)))["code"];
        (await flow.Exchange(code, changed: ("client_id", client.ClientId))).IsRefused("invalid_client", Unknown, 401);
        var tokens = (await flow.Exchange(code, changed: [("client_id", null), ("client_assertion_type", SigningClient.AssertionType), ("client_assertion", client.Assertion())])).IsOk().Json;
        Assert.Equal(client.ClientId, CodeFlow.Claims(tokens.GetProperty("id_token").GetString()!).GetProperty("aud").GetString());
        Assert.True(tokens.TryGetProperty("refresh_token", out _));
    }
}

public sealed class ClientAssertionOnSqlite(ServerOn<SqliteStore> on) : ClientAssertionContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class ClientAssertionOnPostgres(ServerOn<PostgresStore> on) : ClientAssertionContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

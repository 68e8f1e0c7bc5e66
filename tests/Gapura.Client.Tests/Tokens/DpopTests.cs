using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Client.Tests.Running;

namespace Gapura.Client.Tests.Tokens;

/// <summary>Tokens bound to a key (RFC 9449) at an API: each test begins with a good request and breaks one thing.</summary>
public sealed class DpopTests(Server server) : IAsyncLifetime
{
    private readonly Prover _prover = new();
    private string _token = "";
    private Api _api = null!;

    private string Here => _api.Address + "/me";

    public async ValueTask InitializeAsync()
    {
        _api = await Api.Start(o => (o.Issuer, o.Timeout) = (server.Issuer, TimeSpan.FromSeconds(30)));
        _token = await Bound(_prover);
    }

    public ValueTask DisposeAsync()
    {
        _prover.Dispose();
        return _api.DisposeAsync();
    }

    [Fact]
    public async Task With_a_proof_it_is_let_in_and_the_same_proof_is_good_once()
    {
        var proof = Proof();
        var me = await Show(proof);
        Assert.Equal((200, Server.ClientId), (me.Status, me.Text("client_id")));
        (await Show(proof)).Refused(401, "invalid_dpop_proof", "was used before");
        Assert.Equal(200, (await Show(Proof())).Status);
    }

    [Fact]
    public async Task Shown_as_a_bearers_it_is_refused_and_a_bearers_token_is_not_taken_with_a_proof()
    {
        (await _api.Get(_token)).Refused(401, "invalid_token", "bound to a key");
        var bearer = (await server.SignIn()).AccessToken;
        var heard = await _api.Send(HttpMethod.Get, "/me", new("DPoP", bearer), _prover.Prove("GET", Here, bearer));
        heard.Refused(401, "invalid_token", "not bound to a key");
    }

    [Fact]
    public async Task Without_a_proof_or_with_two_it_is_refused()
    {
        (await Show()).Refused(401, "invalid_dpop_proof", "one DPoP header");
        (await Show(Proof(), Proof())).Refused(401, "invalid_dpop_proof", "one DPoP header");
    }

    [Fact]
    public async Task Another_key_s_proof_is_refused()
    {
        using var thief = new Prover();
        (await Show(thief.Prove("GET", Here, _token))).Refused(401, "invalid_dpop_proof", "bound to another key");
        (await Show(thief.Prove("GET", Here, _token, (header, _) => header["jwk"] = _prover.Jwk))).Refused(401, "invalid_dpop_proof", "not signed by its jwk");
    }

    [Theory]
    [InlineData("typ", "JWT", "typ must be dpop+jwt")]
    [InlineData("alg", "none", "alg must be")]
    [InlineData("alg", "HS256", "alg must be")]
    [InlineData("alg", "RS256", "alg must be")]
    [InlineData("crit", "[\"x\"]", "crit names members")]
    [InlineData("crit", "\"x\"", "crit names members")]
    [InlineData("jwk", "{}", "alg must be")]
    [InlineData("jwk", "\"text\"", "alg must be")]
    [InlineData("jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}", "alg must be")]
    public async Task A_proof_with_another_header_is_refused(string member, string value, string sentence) =>
        (await Show(Proof((header, _) => header[member] = value[0] is '{' or '[' or '"' ? JsonNode.Parse(value) : value))).Refused(401, "invalid_dpop_proof", sentence);

    [Theory]
    [InlineData("htm", "POST", "htm is not")]
    [InlineData("htu", "https://elsewhere.example/me", "htu is not")]
    [InlineData("htu", "not an address", "htu is not")]
    [InlineData("ath", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ath is not")]
    [InlineData("jti", "", "jti must be")]
    public async Task A_proof_of_another_request_is_refused(string member, string value, string sentence)
    {
        (await Show(Proof((_, claims) => claims[member] = value))).Refused(401, "invalid_dpop_proof", sentence);
        (await Show(Proof((_, claims) => claims.Remove(member)))).Refused(401, "invalid_dpop_proof", sentence);
    }

    [Fact]
    public async Task A_query_is_no_part_of_the_address_and_a_path_is()
    {
        Assert.Equal(200, (await _api.Send(HttpMethod.Get, "/me?a=1", new("DPoP", _token), _prover.Prove("GET", Here + "?b=2", _token))).Status);
        (await _api.Send(HttpMethod.Get, "/fresh", new("DPoP", _token), Proof())).Refused(401, "invalid_dpop_proof", "htu is not");
        Assert.Equal(200, (await _api.Send(HttpMethod.Post, "/me", new("DPoP", _token), _prover.Prove("POST", Here, _token))).Status);
    }

    [Fact]
    public async Task An_old_proof_and_one_from_the_future_are_refused()
    {
        foreach (var minutes in (int[])[-2, 2])
            (await Show(_prover.Prove("GET", Here, _token, at: TimeProvider.System.GetUtcNow().AddMinutes(minutes)))).Refused(401, "invalid_dpop_proof", "iat is more than");
        (await Show(Proof((_, claims) => claims["iat"] = long.MaxValue))).Refused(401, "invalid_dpop_proof", "iat is missing");
        (await Show(Proof((_, claims) => claims.Remove("iat")))).Refused(401, "invalid_dpop_proof", "iat is missing");
    }

    [Fact]
    public async Task Behind_a_proxy_the_address_is_the_one_that_clients_know()
    {
        await using var api = await Api.Start(o => (o.Issuer, o.PublicOrigin, o.Timeout) = (server.Issuer, "https://api.example.go.id", TimeSpan.FromSeconds(30)));
        Assert.Equal(200, (await api.Send(HttpMethod.Get, "/me", new("DPoP", _token), _prover.Prove("GET", "https://api.example.go.id/me", _token))).Status);
        (await api.Send(HttpMethod.Get, "/me", new("DPoP", _token), _prover.Prove("GET", api.Address + "/me", _token))).Refused(401, "invalid_dpop_proof", "htu is not");
    }

    private string Proof(Action<JsonObject, JsonObject>? change = null) => _prover.Prove("GET", Here, _token, change);

    private Task<Heard> Show(params string[] proofs) => _api.Send(HttpMethod.Get, "/me", new AuthenticationHeaderValue("DPoP", _token), proofs);

    private async Task<string> Bound(Prover prover)
    {
        var address = server.Issuer + "/oauth/token";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = "read", ["client_id"] = Server.ClientId, ["client_secret"] = server.ApiKey }),
        };
        request.Headers.Add("DPoP", prover.Prove("POST", address, token: null));
        using var answer = await Server.Http.SendAsync(request);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("DPoP", body.GetProperty("token_type").GetString());
        return body.GetProperty("access_token").GetString()!;
    }
}

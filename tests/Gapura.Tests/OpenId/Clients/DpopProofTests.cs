using System.Text.Json.Nodes;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>The rules of a proof of possession, each broken once.</summary>
public sealed class DpopProofTests : IDisposable
{
    private static readonly Uri Here = new("https://id.example.go.id/oauth/token");
    private readonly Signer _signer = Signer.Es256();
    private readonly FakeClock _clock = new();

    private JsonObject Good => new() { ["jti"] = "a", ["htm"] = "POST", ["htu"] = Here.ToString(), ["iat"] = _clock.Now.ToUnixTimeSeconds() };

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    public void A_good_one_holds_and_names_its_key(string algorithm)
    {
        using var signer = algorithm == "ES256" ? Signer.Es256() : Signer.Rsa(algorithm);
        var (proof, problem) = DpopProof.Read(signer.Sign(Good, DpopKey.HeaderOf(signer)));
        Assert.Null(problem);
        Assert.Equal(signer.Thumbprint, proof!.Thumbprint);
        Assert.Null(proof.Problem("POST", Here, accessToken: null));
    }

    [Theory]
    [InlineData("typ", null)]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "at+jwt")]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "RS256")]
    [InlineData("alg", "ES384")]
    [InlineData("jwk", null)]
    [InlineData("jwk", "text")]
    [InlineData("crit", "exp")]
    public void Another_header_is_no_proof(string name, string? value) =>
        Assert.NotNull(DpopProof.Read(_signer.Sign(Good, [.. DpopKey.HeaderOf(_signer), (name, (JsonNode?)value)])).Problem);

    [Fact]
    public void A_private_a_symmetric_and_a_strange_key_prove_nothing()
    {
        var whole = _signer.Jwk;
        whole["d"] = "AAAA";
        using var stranger = Signer.Es256();
        using var rsa = Signer.Rsa("RS256");
        foreach (var jwk in (JsonNode[])[whole, new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }, stranger.Jwk])
            Assert.NotNull(DpopProof.Read(_signer.Sign(Good, ("typ", "dpop+jwt"), ("jwk", jwk))).Problem);
        Assert.Equal("alg must be ES256 or PS256.", DpopProof.Read(rsa.Sign(Good, DpopKey.HeaderOf(rsa))).Problem);
        Assert.NotNull(DpopProof.Read("not a proof").Problem);
    }

    [Theory]
    [InlineData("htm", "GET", "htm")]
    [InlineData("htm", "post", "htm")]
    [InlineData("htm", null, "htm")]
    [InlineData("htu", null, "htu")]
    [InlineData("htu", "https://id.example.go.id/oauth/par", "htu")]
    [InlineData("htu", "https://id.example.go.id/oauth/Token", "htu")]
    [InlineData("htu", "http://id.example.go.id/oauth/token", "htu")]
    [InlineData("htu", "https://id.example.go.id:8443/oauth/token", "htu")]
    [InlineData("htu", "https://elsewhere.example.go.id/oauth/token", "htu")]
    [InlineData("htu", "https://id.example.go.id@elsewhere.example/oauth/token", "htu")]
    [InlineData("htu", "/oauth/token", "htu")]
    [InlineData("jti", null, "jti")]
    [InlineData("jti", "", "jti")]
    [InlineData("iat", null, "iat")]
    [InlineData("iat", "now", "iat")]
    public void A_proof_for_something_else_is_none_for_this(string name, string? value, string because)
    {
        var claims = Good;
        if (value is null) claims.Remove(name);
        else claims[name] = value;
        Assert.StartsWith(because, Read(claims).Problem("POST", Here, accessToken: null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://id.example.go.id/oauth/token?x=1#y")]
    [InlineData("HTTPS://ID.Example.GO.id:443/oauth/token")]
    [InlineData("https://id.example.go.id/oauth/%74oken")]
    [InlineData("https://id.example.go.id/oauth/../oauth/token")]
    public void The_address_is_compared_as_addresses_are(string address)
    {
        var claims = Good;
        claims["htu"] = address;
        Assert.Null(Read(claims).Problem("POST", Here, accessToken: null));
    }

    [Fact]
    public void A_proof_goes_with_its_token()
    {
        var claims = Good;
        Assert.StartsWith("ath", Read(claims).Problem("POST", Here, new Secret("token")), StringComparison.Ordinal);
        claims["ath"] = "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A";
        Assert.NotNull(Read(claims).Problem("POST", Here, new Secret("other")));
        claims["ath"] = System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData("token"u8));
        Assert.Null(Read(claims).Problem("POST", Here, new Secret("token")));
    }

    [Theory]
    [InlineData(0, null, false, "Good")]
    [InlineData(10, null, false, "Good")]
    [InlineData(-10, null, false, "Good")]
    [InlineData(60, null, false, "Good")]
    [InlineData(61, null, false, "AskForNonce")]
    [InlineData(-61, null, false, "AskForNonce")]
    [InlineData(300, null, false, "AskForNonce")]
    [InlineData(301, null, false, "WrongTime")]
    [InlineData(-301, null, false, "WrongTime")]
    [InlineData(0, null, true, "AskForNonce")]
    [InlineData(0, false, false, "AskForNonce")]
    [InlineData(0, true, true, "Good")]
    [InlineData(300, true, false, "Good")]
    [InlineData(-300, true, true, "Good")]
    [InlineData(301, true, false, "WrongTime")]
    [InlineData(-301, true, false, "WrongTime")]
    public void A_nonce_makes_good_what_a_clock_does_not(int seconds, bool? nonce, bool must, string verdict) =>
        Assert.Equal(verdict, DpopTimes.Judge(_clock.Now.AddSeconds(seconds), _clock.Now, nonce, must).ToString());

    [Theory]
    [InlineData("exp", 60, false)]
    [InlineData("exp", -60, true)]
    [InlineData("nbf", -60, false)]
    [InlineData("nbf", 8, false)]
    [InlineData("nbf", 60, true)]
    public void What_it_says_of_its_own_time_holds(string name, int seconds, bool isOver)
    {
        var claims = Good;
        claims[name] = _clock.Now.ToUnixTimeSeconds() + seconds;
        Assert.Equal(isOver, Read(claims).IsOver(_clock.Now));
    }

    [Fact]
    public void A_proof_is_remembered_for_five_minutes_and_by_its_key()
    {
        var replays = new DpopReplays(_clock);
        Assert.True(replays.TryAdd("key", "a"));
        Assert.False(replays.TryAdd("key", "a"));
        Assert.True(replays.TryAdd("other key", "a"));
        _clock.Pass(DpopNonces.Lifetime - TimeSpan.FromSeconds(1));
        Assert.False(replays.TryAdd("key", "a"));
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.True(replays.TryAdd("key", "a"));
    }

    [Fact]
    public async Task Of_32_uses_of_one_proof_at_once_one_is_the_first()
    {
        var replays = new DpopReplays(_clock);
        for (var round = 0; round < 200; round++)
        {
            var id = $"{round}";
            Assert.Equal(1, (await AtOnce.Run(32, _ => Task.FromResult(replays.TryAdd("key", id)))).Count(first => first));
        }
    }

    [Fact]
    public void Twenty_thousand_proofs_at_once_are_all_remembered()
    {
        var replays = new DpopReplays(_clock);
        var ids = Enumerable.Range(0, 20_000).Select(i => $"{i}").ToList();
        foreach (var id in ids) Assert.True(replays.TryAdd("key", id));
        Assert.All(ids, id => Assert.False(replays.TryAdd("key", id)));
    }

    private DpopProof Read(JsonObject claims) => DpopProof.Read(_signer.Sign(claims, DpopKey.HeaderOf(_signer))).Proof!;
}

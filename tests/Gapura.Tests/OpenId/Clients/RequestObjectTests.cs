using System.Text.Json.Nodes;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>Signed requests: a good one is its parameters, and each thing that spoils it.</summary>
public sealed class RequestObjectTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly Signer _signer = Signer.Es256();
    private readonly KeySetFetch _fetch = new(Seed.Tokens, NullLogger<KeySetFetch>.Instance);
    private readonly RequestObjects _objects;

    public RequestObjectTests() => _objects = new RequestObjects(new ClientKeys(_fetch, _clock), Seed.Tokens, _clock);

    private long Now => _clock.Now.ToUnixTimeSeconds();

    private JsonObject Good => new()
    {
        ["iss"] = "app", ["aud"] = Seed.Tokens.Issuer.Text, ["exp"] = Now + 300, ["nbf"] = Now, ["client_id"] = "app", ["response_type"] = "code", ["scope"] = "openid", ["max_age"] = 3600,
        ["claims"] = new JsonObject { ["userinfo"] = new JsonObject { ["name"] = null } },
    };

    public void Dispose()
    {
        _signer.Dispose();
        _fetch.Dispose();
    }

    [Fact]
    public async Task A_good_one_is_its_parameters()
    {
        var (parameters, refusal) = await Read(_signer.Sign(Good), fapi: true);
        Assert.Null(refusal);
        Assert.Equal(
            ["claims={\"userinfo\":{\"name\":null}}", "client_id=app", "max_age=3600", "response_type=code", "scope=openid"],
            parameters!.Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("oauth-authz-req+jwt", true)]
    [InlineData("application/oauth-authz-req+jwt", true)]
    [InlineData("JWT", true)]
    [InlineData("dpop+jwt", false)]
    [InlineData("at+jwt", false)]
    public async Task Its_type_is_its_own_or_none(string type, bool good) => Assert.Equal(good, (await Read(_signer.Sign(Good, ("typ", type)), fapi: false)).Refusal is null);

    [Theory]
    [InlineData("iss", "other")]
    [InlineData("aud", null)]
    [InlineData("aud", "https://elsewhere.example")]
    [InlineData("exp", null)]
    [InlineData("exp", "later")]
    [InlineData("client_id", null)]
    [InlineData("client_id", "other")]
    [InlineData("sub", "app")]
    [InlineData("request", "eyJ")]
    [InlineData("request_uri", "urn:x")]
    [InlineData("nbf", "now")]
    [InlineData("iat", "now")]
    [InlineData("scope", "\0null")]
    public async Task One_thing_wrong_and_it_is_refused(string name, string? value)
    {
        var claims = Good;
        if (value is null) claims.Remove(name);
        else claims[name] = value == "\0null" ? null : value;
        foreach (var fapi in (bool[])[true, false])
        {
            var (parameters, refusal) = await Read(_signer.Sign(claims), fapi);
            Assert.Null(parameters);
            Assert.Equal("invalid_request_object", refusal!.Code);
        }
    }

    [Fact]
    public async Task It_may_be_for_others_too_and_need_not_name_its_issuer()
    {
        var claims = Good;
        claims["aud"] = new JsonArray("https://other.example", Seed.Tokens.Issuer.Text);
        claims.Remove("iss");
        Assert.Null((await Read(_signer.Sign(claims), fapi: true)).Refusal);
    }

    [Theory]
    [InlineData(0, 3600, true, true)]
    [InlineData(0, 3601, false, false)]
    [InlineData(8, 300, true, true)]
    [InlineData(31, 300, false, false)]
    [InlineData(-3600, -1, false, false)]
    [InlineData(-3600, 0, false, false)]
    [InlineData(-3500, 50, true, true)]
    [InlineData(-3601, -1, false, false)]
    [InlineData(-3700, 100, false, false)]
    [InlineData(null, 300, false, true)]
    [InlineData(null, 3631, false, false)]
    [InlineData(null, -1, false, false)]
    public async Task None_is_good_for_longer_than_an_hour(int? from, int until, bool fapi, bool plain)
    {
        var claims = Good;
        claims.Remove("nbf");
        if (from is not null) claims["nbf"] = Now + from;
        claims["exp"] = Now + until;
        Assert.Equal((fapi, plain), ((await Read(_signer.Sign(claims), fapi: true)).Refusal is null, (await Read(_signer.Sign(claims), fapi: false)).Refusal is null));
    }

    [Fact]
    public async Task Only_the_platforms_own_key_signs_and_nothing_is_taken_unsigned()
    {
        using var stranger = Signer.Es256();
        foreach (var text in (string[])[stranger.Sign(Good), _signer.Sign(Good)[..^4] + "AAAA", _signer.Sign(Good, ("alg", "none")), _signer.Sign(Good, ("alg", "HS256")), "a.b.c.d.e", "", _signer.Sign(Good)[..(_signer.Sign(Good).LastIndexOf('.') + 1)]])
            Assert.Equal("invalid_request_object", (await Read(text, fapi: false)).Refusal!.Code);
    }

    [Fact]
    public async Task RS256_is_for_plain_clients()
    {
        using var rsa = Signer.Rsa("RS256");
        Assert.Null((await Read(rsa.Sign(Good), fapi: false, rsa)).Refusal);
        Assert.NotNull((await Read(rsa.Sign(Good), fapi: true, rsa)).Refusal);
    }

    [Fact]
    public async Task Through_the_browser_only_what_is_inside_counts()
    {
        await using var server = await GapuraServer.Start();
        var clientId = await SigningClient.Add(server, new ClientSettings { Jwks = Signer.Set(_signer.Jwk) });
        var flow = new CodeFlow(server);
        var inside = new JsonObject { ["iss"] = clientId, ["aud"] = server.Issuer, ["exp"] = server.Clock.Now.ToUnixTimeSeconds() + 60, ["client_id"] = clientId };
        foreach (var (name, value) in QueryHelpers.ParseQuery(flow.Query(("client_id", null), ("state", "inside")))) inside[name] = value.ToString();
        var answer = await flow.ToCallback(("client_id", clientId), ("state", "outside"), ("request", _signer.Sign(inside)));
        Assert.Equal("inside", answer["state"]);
        inside["redirect_uri"] = "https://elsewhere.example/cb";
        Assert.Equal(400, (await flow.Authorize(("client_id", clientId), ("request", _signer.Sign(inside)))).Status);
        using var stranger = Signer.Es256();
        var refused = CodeFlow.Answer((await flow.Authorize(("client_id", clientId), ("request", stranger.Sign(inside))))["Location"]!);
        Assert.Equal("invalid_request_object", refused["error"]);
    }

    private Task<(IReadOnlyDictionary<string, string>? Parameters, Gapura.Kernel.Refusal? Refusal)> Read(string text, bool fapi, Signer? by = null) => _objects.Read(
        Seed.Platform("app", _clock) with { Client = new ClientSettings { Jwks = Signer.Set((by ?? _signer).Jwk), RequirePushedRequests = fapi, DpopBound = fapi } }, text, TestContext.Current.CancellationToken);
}

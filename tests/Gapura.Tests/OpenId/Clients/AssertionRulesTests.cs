using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>What a client assertion says: a good one, and each thing that spoils it.</summary>
public sealed class AssertionRulesTests
{
    private const string Issuer = "https://id.example.go.id";
    private const string Par = Issuer + "/oauth/par";
    private readonly FakeClock _clock = new();

    private long Now => _clock.Now.ToUnixTimeSeconds();

    private JsonObject Good => new() { ["iss"] = "app", ["sub"] = "app", ["aud"] = Issuer, ["jti"] = "a", ["iat"] = Now, ["exp"] = Now + 60 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_good_one_holds(bool fapi) => Assert.Null(Problem(Good, fapi));

    [Theory]
    [InlineData("iss", null)]
    [InlineData("iss", "other")]
    [InlineData("sub", null)]
    [InlineData("sub", "other")]
    [InlineData("aud", null)]
    [InlineData("aud", "https://id.example.go.id/")]
    [InlineData("aud", "https://elsewhere.example.go.id")]
    [InlineData("jti", null)]
    [InlineData("jti", "")]
    [InlineData("exp", null)]
    [InlineData("exp", "2027-01-01")]
    [InlineData("iat", "now")]
    [InlineData("nbf", "now")]
    public void One_thing_wrong_and_it_does_not(string name, string? value)
    {
        var claims = Good;
        if (value is null) claims.Remove(name);
        else claims[name] = value;
        Assert.NotNull(Problem(claims, fapi: false));
        Assert.NotNull(Problem(claims, fapi: true));
    }

    [Fact]
    public void Who_follows_FAPI_names_the_issuer_alone_and_as_one_text()
    {
        foreach (var (audience, plain) in ((JsonNode, bool)[])[
            ($"{Issuer}/oauth/token", true), (Par, true), (new JsonArray(Issuer), true), (new JsonArray($"{Issuer}/oauth/token", "https://x.example"), true), (new JsonArray(), false), (new JsonArray(Issuer, 1), false), (1, false)])
        {
            var claims = Good;
            claims["aud"] = audience;
            Assert.NotNull(Problem(claims, fapi: true));
            Assert.Equal(plain, Problem(claims, fapi: false) is null);
        }
    }

    [Theory]
    [InlineData("exp", -29, true)]
    [InlineData("exp", -30, false)]
    [InlineData("exp", -300, false)]
    [InlineData("exp", 3600, true)]
    [InlineData("exp", 3631, false)]
    [InlineData("nbf", 8, true)]
    [InlineData("nbf", 10, true)]
    [InlineData("nbf", 30, true)]
    [InlineData("nbf", 31, false)]
    [InlineData("nbf", 61, false)]
    [InlineData("iat", 10, true)]
    [InlineData("iat", 61, false)]
    [InlineData("iat", -3000, true)]
    public void Clocks_may_differ_by_thirty_seconds(string name, int seconds, bool good)
    {
        var claims = Good;
        claims[name] = Now + seconds;
        Assert.Equal(good, Problem(claims, fapi: true) is null);
    }

    private string? Problem(JsonObject claims, bool fapi)
    {
        var platform = Seed.Platform("app", _clock) with { Client = new ClientSettings { RequirePushedRequests = fapi, DpopBound = fapi } };
        return AssertionRules.Problem(new Members(JsonDocument.Parse(claims.ToJsonString()).RootElement), platform, Issuer, Par, _clock.Now);
    }
}

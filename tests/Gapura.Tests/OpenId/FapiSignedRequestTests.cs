using System.Text.Json.Nodes;
using Gapura.Tests.OpenId.Clients;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>FAPI 2.0's Message Signing over HTTP: requests that are signed, pushed, and spoiled.</summary>
public sealed class FapiSignedRequestTests(GapuraServer server) : IClassFixture<GapuraServer>, IAsyncLifetime
{
    private FapiFlow _flow = null!;

    public async ValueTask InitializeAsync()
    {
        server.Clock.Pass(TimeSpan.FromMinutes(15));
        _flow = await FapiFlow.Start(server, s => s with { RequireSignedRequests = true });
    }

    public ValueTask DisposeAsync()
    {
        _flow.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_signed_request_is_pushed_and_answered()
    {
        var answer = await _flow.Code.Follow(await _flow.Authorize((await Push(Claims())).RequestUri()));
        Assert.Equal("the state", answer["state"]);
        (await _flow.Redeem(answer["code"])).IsOk();
        (await Push(Claims(("aud", new JsonArray("https://other.example", server.Issuer))))).RequestUri();
        (await Push(Claims(("nbf", Now + 8)))).RequestUri();
    }

    [Fact]
    public async Task What_is_beside_the_signed_request_does_not_count()
    {
        var uri = (await Push(Claims(("nonce", "inside"), ("state", null)), ("state", "outside"), ("nonce", "outside"))).RequestUri();
        var answer = await _flow.Code.Follow(await _flow.Authorize(uri));
        Assert.False(answer.ContainsKey("state"));
        Assert.Equal("inside", CodeFlow.Claims((await _flow.Redeem(answer["code"])).IsOk().Json.IdToken()).Text("nonce"));
        (await Push(Claims(("redirect_uri", null)), ("redirect_uri", CodeFlow.Callback))).IsRefused("invalid_request");
    }

    [Fact]
    public async Task Unsigned_nothing_is_pushed()
    {
        (await _flow.Push()).IsRefused("invalid_request", "This client must sign its requests (RFC 9101).");
        (await Push(Claims(), ("request_uri", "https://app.example.com/request.jwt"))).IsRefused("invalid_request", "request_uri must not be pushed.");
    }

    public static TheoryData<string, string?, int?> Spoiled => new()
    {
        { "exp", null, null }, { "nbf", null, null }, { "exp", null, -1 }, { "exp", null, 3601 }, { "nbf", null, -3601 }, { "nbf", null, 300 }, { "aud", "https://elsewhere.example.go.id", null }, { "aud", null, null },
        { "iss", "other", null }, { "client_id", "other", null }, { "request_uri", "urn:ietf:params:oauth:request_uri:x", null }, { "request", "eyJ", null },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task A_signed_request_with_one_thing_wrong_is_refused(string name, string? text, int? seconds) =>
        (await Push(Claims((name, seconds is { } by ? Now + by : text)))).IsRefused("invalid_request_object");

    [Fact]
    public async Task By_another_key_by_none_and_by_a_weak_one_nothing_is_signed()
    {
        using var stranger = await FapiFlow.Start(server);
        using var rsa = Signer.Rsa("RS256");
        foreach (var request in (string[])[stranger.Signer.Sign(Claims()), rsa.Sign(Claims()), .. Forgeries.Of(_flow.Signer.Jwk, Claims()), _flow.Signer.Sign(Claims())[..^4] + "AAAA"])
            (await _flow.Push(("request", request))).IsRefused("invalid_request_object");
    }

    private long Now => server.Clock.Now.ToUnixTimeSeconds();

    private Task<Reply> Push(JsonObject claims, params (string Name, string? Value)[] beside)
    {
        (string, string?)[] none = [.. QueryHelpers.ParseQuery(_flow.Code.Query()).Keys.Where(name => name != "client_id").Select(name => (name, (string?)null))];
        return _flow.Push([.. none, ("request", _flow.Signer.Sign(claims)), .. beside]);
    }

    private JsonObject Claims(params (string Name, JsonNode? Value)[] changed)
    {
        var inside = new JsonObject { ["iss"] = _flow.Client.ClientId, ["aud"] = server.Issuer, ["exp"] = Now + 300, ["nbf"] = Now };
        foreach (var (name, value) in QueryHelpers.ParseQuery(_flow.Code.Query(("client_id", _flow.Client.ClientId)))) inside[name] = value.ToString();
        foreach (var (name, value) in changed)
        {
            if (value is null) inside.Remove(name);
            else inside[name] = value;
        }

        return inside;
    }
}

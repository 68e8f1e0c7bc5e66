using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gapura.Client.Tests.Running;

/// <summary>An issuer of these tests' own, for tokens that the server makes only on occasions that are hard to come by.</summary>
internal sealed class OwnIssuer : HttpMessageHandler
{
    public const string Name = "https://id.example.go.id";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A good access token with more in it, or with something else.</summary>
    public string Token(Action<JsonObject> change)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        JsonObject claims = new() { ["iss"] = Name, ["aud"] = Name, ["sub"] = "01", ["client_id"] = "toko", ["iat"] = now, ["exp"] = now + 900, ["jti"] = "1" };
        change(claims);
        var text = $"{Part(new JsonObject { ["alg"] = "ES256", ["typ"] = "at+jwt", ["kid"] = "k" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        JsonObject key = new() { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = "k", ["x"] = Base64Url.EncodeToString(point.X!), ["y"] = Base64Url.EncodeToString(point.Y!) };
        return Task.FromResult(request.RequestUri!.AbsolutePath == "/.well-known/jwks.json"
            ? new HttpResponseMessage { Content = new StringContent(new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString(), Encoding.UTF8, "application/json") }
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _key.Dispose();
        base.Dispose(disposing);
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}

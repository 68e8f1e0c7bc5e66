using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gapura.Client.Tests.Running;

/// <summary>Whoever holds a key and proves it (RFC 9449 section 4.2): its own few lines, nothing of ours.</summary>
internal sealed class Prover : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public JsonObject Jwk
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X!), ["y"] = Base64Url.EncodeToString(point.Y!) };
        }
    }

    /// <summary>A good proof, with one thing changed.</summary>
    public string Prove(string method, string address, string? token, Action<JsonObject, JsonObject>? change = null, DateTimeOffset? at = null)
    {
        JsonObject header = new() { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = Jwk };
        JsonObject claims = new() { ["htm"] = method, ["htu"] = address, ["iat"] = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds(), ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)) };
        if (token is not null) claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        change?.Invoke(header, claims);
        var text = $"{Part(header)}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}

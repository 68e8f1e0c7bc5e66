using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>A stranger's key pair, and what it signs: .NET's own cryptography, and none of ours.</summary>
internal sealed class Signer : IDisposable
{
    private readonly ECDsa? _ec;
    private readonly RSA? _rsa;

    private Signer(string algorithm, string? keyId, ECDsa? ec, RSA? rsa) => (Algorithm, KeyId, _ec, _rsa) = (algorithm, keyId, ec, rsa);

    public string Algorithm { get; }

    public string? KeyId { get; }

    public static Signer Es256(string? keyId = "one") => new("ES256", keyId, ECDsa.Create(ECCurve.NamedCurves.nistP256), null);

    public static Signer Rsa(string algorithm, string? keyId = "one", int bits = 2048) => new(algorithm, keyId, null, RSA.Create(bits));

    /// <summary>The public key as a JWK.</summary>
    public JsonObject Jwk
    {
        get
        {
            var jwk = new JsonObject();
            if (_ec is not null)
            {
                var q = _ec.ExportParameters(false).Q;
                (jwk["kty"], jwk["crv"], jwk["x"], jwk["y"]) = ("EC", "P-256", Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y));
            }
            else
            {
                var parameters = _rsa!.ExportParameters(false);
                (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Base64Url.EncodeToString(parameters.Modulus), Base64Url.EncodeToString(parameters.Exponent));
            }

            if (KeyId is not null) jwk["kid"] = KeyId;
            return jwk;
        }
    }

    public string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_ec is not null
        ? $$"""{"crv":"P-256","kty":"EC","x":"{{Jwk["x"]}}","y":"{{Jwk["y"]}}"}""" : $$"""{"e":"{{Jwk["e"]}}","kty":"RSA","n":"{{Jwk["n"]}}"}""")));

    public static JsonElement Set(params JsonNode?[] keys) => JsonDocument.Parse(new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString()).RootElement;

    /// <param name="header">Changes the header; a null takes a member away.</param>
    public string Sign(JsonObject claims, params (string Name, JsonNode? Value)[] header)
    {
        var head = new JsonObject { ["alg"] = Algorithm };
        if (KeyId is not null) head["kid"] = KeyId;
        foreach (var (name, value) in header)
        {
            if (value is null) head.Remove(name);
            else head[name] = value;
        }

        return Sign(head.ToJsonString(), claims.ToJsonString());
    }

    public string Sign(string header, string claims)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(SignBytes(Encoding.ASCII.GetBytes(signed)))}";
    }

    public void Dispose()
    {
        _ec?.Dispose();
        _rsa?.Dispose();
    }

    private byte[] SignBytes(byte[] data) =>
        _ec?.SignData(data, HashAlgorithmName.SHA256) ?? _rsa!.SignData(data, HashAlgorithmName.SHA256, Algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
}

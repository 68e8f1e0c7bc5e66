using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gapura.Tests.OpenId;

/// <summary>What somebody makes who has no key: texts that say they need no signature, or that take a public key for a shared secret.</summary>
internal static class Forgeries
{
    /// <param name="jwk">The public key of the one who should have signed.</param>
    /// <param name="header">What the header says beside <c>alg</c>.</param>
    public static IEnumerable<string> Of(JsonObject jwk, JsonObject claims, params (string Name, JsonNode? Value)[] header)
    {
        foreach (var none in (string[])["none", "None", "NONE"])
        {
            yield return Signed(none, claims, header, _ => []);
            yield return Signed(none, claims, header, data => SHA256.HashData(data));
        }

        foreach (var secret in (byte[][])[Encoding.UTF8.GetBytes(jwk.ToJsonString()), Encoding.UTF8.GetBytes(Pem(jwk)), Encoding.UTF8.GetBytes(Pem(jwk) + "\n"), Der(jwk), []])
            yield return Signed("HS256", claims, header, data => HMACSHA256.HashData(secret, data));
    }

    private static string Signed(string algorithm, JsonObject claims, (string Name, JsonNode? Value)[] header, Func<byte[], byte[]> sign)
    {
        var head = new JsonObject { ["alg"] = algorithm };
        foreach (var (name, value) in header) head[name] = value?.DeepClone();
        var signed = $"{Encode(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static byte[] Der(JsonObject jwk)
    {
        byte[] Bytes(string name) => Base64Url.DecodeFromChars(jwk[name]!.GetValue<string>());
        if (jwk["kty"]!.GetValue<string>() == "EC")
        {
            using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") } });
            return ec.ExportSubjectPublicKeyInfo();
        }

        using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes("n"), Exponent = Bytes("e") });
        return rsa.ExportSubjectPublicKeyInfo();
    }

    private static string Pem(JsonObject jwk) => PemEncoding.WriteString("PUBLIC KEY", Der(jwk));

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}

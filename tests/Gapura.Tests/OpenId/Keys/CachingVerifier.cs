using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gapura.Tests.OpenId.Keys;

/// <summary>
/// A stranger that verifies tokens with the key set it fetched at most five minutes ago, as Cache-Control says, and looks
/// no second time for a key it does not know: that is what a rotation promises to be enough.
/// </summary>
internal sealed class CachingVerifier(GapuraServer server, TimeProvider clock, string audience)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    // As libraries have it by themselves, and as docs/tokens.md asks for.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _fetching = new(1);
    private volatile Cached? _cached;

    /// <returns>Null when the token is good, otherwise why not.</returns>
    public async Task<string?> Fault(string token)
    {
        var parts = token.Split('.');
        var header = Part(parts[0]);
        var claims = Part(parts[1]);
        var (kid, alg) = (header.GetProperty("kid").GetString(), header.GetProperty("alg").GetString());
        if (claims.GetProperty("exp").GetInt64() + (long)Leeway.TotalSeconds <= clock.GetUtcNow().ToUnixTimeSeconds()) return "expired";
        var cached = await Keys();
        if (!cached.Keys.TryGetValue(kid!, out var key)) return $"unknown key, {clock.GetUtcNow() - cached.At} after the fetch";
        if (key.GetProperty("alg").GetString() != alg || !Verifies(key, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]))) return "signature";
        if (claims.GetProperty("aud").GetString() != audience || claims.GetProperty("iss").GetString() != server.Issuer) return "audience or issuer";
        return null;
    }

    private async Task<Cached> Keys()
    {
        await _fetching.WaitAsync();
        try
        {
            if (_cached is { } fresh && clock.GetUtcNow() - fresh.At < Kept) return fresh;
            var set = (await server.Get("/.well-known/jwks.json")).IsOk().Json.GetProperty("keys");
            return _cached = new(clock.GetUtcNow(), set.EnumerateArray().ToDictionary(k => k.GetProperty("kid").GetString()!));
        }
        finally
        {
            _fetching.Release();
        }
    }

    private static bool Verifies(JsonElement key, byte[] signed, byte[] signature)
    {
        byte[] Bytes(string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
        if (key.GetProperty("kty").GetString() == "RSA")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes("n"), Exponent = Bytes("e") });
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") } });
        return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static JsonElement Part(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement;

    private sealed record Cached(DateTimeOffset At, IReadOnlyDictionary<string, JsonElement> Keys);
}

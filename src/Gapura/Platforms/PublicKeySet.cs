using System.Buffers.Text;
using System.Text.Json;

namespace Gapura.Platforms;

/// <summary>Whether a text is a set of public keys (RFC 7517 section 5) and nothing of them is private. Pure.</summary>
internal static class PublicKeySet
{
    private const int MostKeys = 16;
    private static readonly string[] Private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <returns>What is wrong, with a full stop; null when nothing is.</returns>
    public static string? Fault(JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array) return "must be an object with an array named keys.";
        if (keys.GetArrayLength() is 0 or > MostKeys) return $"must hold 1 to {MostKeys} keys.";
        foreach (var key in keys.EnumerateArray())
        {
            if (key.ValueKind != JsonValueKind.Object) return "holds something that is not a key.";
            if (Private.Any(member => key.TryGetProperty(member, out _))) return "holds a private or a secret key: send public keys only, and make a new one.";
            if (!IsPublicKey(key)) return "holds a key that is neither EC on P-256, P-384 or P-521, RSA of 2048 bits or more, nor OKP.";
        }

        return null;
    }

    private static bool IsPublicKey(JsonElement key) => Text(key, "kty") switch
    {
        "EC" => Text(key, "crv") switch
        {
            "P-256" => Size(key, "x") == 32 && Size(key, "y") == 32,
            "P-384" => Size(key, "x") == 48 && Size(key, "y") == 48,
            "P-521" => Size(key, "x") == 66 && Size(key, "y") == 66,
            _ => false,
        },
        "RSA" => Size(key, "n") is >= 256 and <= 1024 && Size(key, "e") is >= 1 and <= 8,
        "OKP" => Text(key, "crv") is "Ed25519" or "X25519" && Size(key, "x") == 32,
        _ => false,
    };

    private static string? Text(JsonElement key, string member) => key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // In bytes; -1 for what is not base64url.
    private static int Size(JsonElement key, string member) => Text(key, member) is { } text && Base64Url.IsValid(text, out var length) ? length : -1;
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.QrAuth;

/// <summary>What the nonce of a screen is, and so what collects (in the manner of RFC 7636 section 4.2).</summary>
internal enum NonceMethod
{
    /// <summary>Documented: the nonce itself is the claim.</summary>
    Plain,

    /// <summary>The nonce is base64url(SHA-256(verifier)); whoever holds the verifier collects, and it never travels before.</summary>
    S256,
}

/// <summary>The secret that only the waiting browser holds: base64url of 32 random bytes, 43 characters.</summary>
internal static class Verifier
{
    public const int Length = 43;

    public static string NonceOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public static bool IsShaped(string text) => text.Length == Length && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Gapura.Tokens;

namespace Gapura.Devices;

/// <summary>What tells a push service who is asking: a JWT for its origin alone (RFC 8292 section 2). Pure.</summary>
internal static class VapidToken
{
    // The RFC allows 24 hours; a token is made for each push, so that minutes would do if all clocks were right.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <returns>Value of the Authorization header (section 3).</returns>
    public static string Authorization(EcSigningKey key, Uri endpoint, string subject, DateTimeOffset now)
    {
        var claims = $$"""{"aud":{{Quoted(endpoint.GetLeftPart(UriPartial.Authority))}},"exp":{{(now + Lifetime).ToUnixTimeSeconds()}},"sub":{{Quoted(subject)}}}""";
        var head = $"{Encode("""{"typ":"JWT","alg":"ES256"}""")}.{Encode(claims)}";
        return $"vapid t={head}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(head)))}, k={PushKeys.PublicKeyOf(key)}";
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gapura.Client.Tokens;

/// <summary>The key a token is bound to (RFC 7800): whoever shows the token must show the key as well.</summary>
/// <param name="Method">Member of <c>cnf</c>; empty where it is none we know.</param>
internal sealed record SenderKey(string Method, string Thumbprint)
{
    public const string Dpop = "jkt";
    public const string Certificate = "x5t#S256";

    /// <returns>Null for a bearer.</returns>
    public static SenderKey? Of(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue<JsonElement>("cnf", out var cnf)) return null;
        foreach (var method in (string[])[Dpop, Certificate])
            if (cnf.ValueKind == JsonValueKind.Object && cnf.TryGetProperty(method, out var value) && value.ValueKind == JsonValueKind.String) return new SenderKey(method, value.GetString()!);
        return new SenderKey("", "");
    }

    public static string? OfCertificate(X509Certificate2? certificate) =>
        certificate is null ? null : Base64Url.EncodeToString(certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256));
}

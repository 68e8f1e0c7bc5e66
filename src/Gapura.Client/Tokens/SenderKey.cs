using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Gapura.Client.Wire;
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
        // Read as it stands: the library does not show members of another kind than was asked for, and this one must not be overlooked.
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        if (!claims.RootElement.TryGetProperty("cnf", out var cnf)) return null;
        foreach (var method in (string[])[Dpop, Certificate])
            if (GapuraHttp.Text(cnf, method) is { } thumbprint) return new SenderKey(method, thumbprint);
        return new SenderKey("", "");
    }

    public static string? OfCertificate(X509Certificate2? certificate) =>
        certificate is null ? null : Base64Url.EncodeToString(certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256));
}

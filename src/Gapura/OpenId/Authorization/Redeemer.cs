using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Tokens;

namespace Gapura.OpenId.Authorization;

/// <summary>Who brings a code, and what they show beside it (RFC 6749 section 4.1.3, RFC 7636 section 4.5, RFC 9449 section 10).</summary>
/// <param name="RedirectUri">Null when it was left out, which is as wrong as another one.</param>
/// <param name="Verifier">Null when it was left out: right only for a code that was asked for without a challenge.</param>
/// <param name="Sender">The key the tokens will be bound to; null for bearers.</param>
internal sealed record Redeemer(string ClientId, string? RedirectUri, string? Verifier, SenderKey? Sender)
{
    public bool Fits(AuthorizationCode code) =>
        RedirectUri == code.RedirectUri && FitsChallenge(code.CodeChallenge) && (code.DpopKey is null || Sender == new SenderKey(SenderKey.Dpop, code.DpopKey));

    // A verifier for a code without a challenge is a downgrade under way (RFC 9700 section 4.8.2).
    private bool FitsChallenge(string? challenge) => challenge is null || Verifier is null
        ? challenge is null && Verifier is null
        : IsVerifier(Verifier) && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))), Encoding.ASCII.GetBytes(challenge));

    // RFC 7636 section 4.1: 43 to 128 of A-Z a-z 0-9 - . _ ~
    private static bool IsVerifier(string text) => text.Length is >= 43 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}

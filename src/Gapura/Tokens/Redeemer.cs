using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.Tokens;

/// <summary>Who brings a code, and what they show beside it.</summary>
/// <param name="Verifier"><c>code_verifier</c>; null when it was left out: right only for a code that was asked for without a challenge.</param>
internal abstract record Redeemer(string? Verifier)
{
    /// <param name="platform">Whose code it is.</param>
    public bool Fits(AuthorizationCode code, Platform platform) => MayBring(code, platform) && FitsChallenge(code.CodeChallenge);

    protected abstract bool MayBring(AuthorizationCode code, Platform platform);

    // A verifier for a code without a challenge is a downgrade under way (RFC 9700 section 4.8.2).
    private bool FitsChallenge(string? challenge) => challenge is null || Verifier is null
        ? challenge is null && Verifier is null
        : IsVerifier(Verifier) && IsHash(Verifier, challenge);

    private static bool IsHash(string verifier, string challenge)
    {
        Span<byte> hash = stackalloc byte[TextHash.Length];
        Span<byte> text = stackalloc byte[43];
        TextHash.Of(verifier, hash);
        Base64Url.EncodeToUtf8(hash, text);
        return CryptographicOperations.FixedTimeEquals(text, Encoding.ASCII.GetBytes(challenge));
    }

    // RFC 7636 section 4.1: 43 to 128 of A-Z a-z 0-9 - . _ ~
    private static bool IsVerifier(string text) => text.Length is >= 43 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    /// <summary>At the token endpoint (RFC 6749 section 4.1.3, RFC 7636 section 4.5, RFC 9449 section 10).</summary>
    /// <param name="IsAuthenticated">It proved who it is: as the backend that a popup's code is for.</param>
    /// <param name="RedirectUri">Null when it was left out, which is as wrong as another one where the code has one.</param>
    /// <param name="Sender">The key the tokens will be bound to; null for bearers.</param>
    internal sealed record Client(string ClientId, bool IsAuthenticated, string? RedirectUri, string? Verifier, SenderKey? Sender) : Redeemer(Verifier)
    {
        protected override bool MayBring(AuthorizationCode code, Platform platform) =>
            platform.ClientId == ClientId && (IsAuthenticated || code.Holder == CodeHolder.Client)
            && RedirectUri == code.RedirectUri && (code.DpopKey is null || Sender == new SenderKey(SenderKey.Dpop, code.DpopKey));
    }

    /// <summary>A page that a popup came back to. Its browser vouches for where it is from, and the verifier for who opened the popup.</summary>
    /// <param name="Origin">Text of the Origin header.</param>
    internal sealed record Page(string Origin, string Verifier) : Redeemer(Verifier)
    {
        protected override bool MayBring(AuthorizationCode code, Platform platform) => code.Holder == CodeHolder.Page && platform.HasOrigin(Origin);
    }
}

using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary>How and when the person signed in, as an ID token tells it.</summary>
/// <param name="Methods"><c>amr</c></param>
/// <param name="Context"><c>acr</c></param>
internal sealed record SignInProof(DateTimeOffset At, IReadOnlyList<string> Methods, string Context, string? Nonce)
{
    public static SignInProof Of(AuthorizationCode code) => new(code.SignedInAt, code.Methods, code.Context, code.Nonce);
}

using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Logout;

/// <summary>A wish to sign out, checked (OpenID Connect RP-Initiated Logout 1.0 section 2).</summary>
internal sealed record LogoutRequest
{
    /// <summary>Who sends the person, by <c>id_token_hint</c> or <c>client_id</c>; null when nobody says.</summary>
    public Platform? Platform { get; init; }

    /// <summary>What the platform was told when the person signed in; null when it does not show it.</summary>
    public IdTokenHint? Hint { get; init; }

    /// <summary>Where the person goes then, <c>state</c> included; null for nowhere.</summary>
    public string? ReturnAddress { get; init; }

    public string? UiLocales { get; init; }
}

internal abstract record LogoutRead
{
    internal sealed record Valid(LogoutRequest Request) : LogoutRead;

    /// <summary>The person is shown it; nothing is ended and nobody sent anywhere.</summary>
    internal sealed record Show(Refusal Refusal) : LogoutRead;
}

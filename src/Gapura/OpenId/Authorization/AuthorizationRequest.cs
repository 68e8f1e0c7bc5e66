using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Authorization;

/// <summary>What a platform asks for, checked (RFC 6749 section 4.1.1, OpenID Connect Core 1.0 section 3.1.2.1, RFC 7636).</summary>
internal sealed record AuthorizationRequest
{
    public required Platform Platform { get; init; }

    /// <summary>One of the platform's registered addresses, and how the answer goes there.</summary>
    public required AnswerTarget Target { get; init; }

    public IReadOnlyList<string> Scope { get; init; } = [];

    public ClaimsRequest Claims { get; init; } = ClaimsRequest.None;

    public string? Nonce { get; init; }

    /// <summary>base64url(SHA-256(code_verifier)), 43 characters; null when a platform that keeps a secret sent none.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>Thumbprint of the key that alone may redeem the code (<c>dpop_jkt</c>, RFC 9449 section 10); null for any.</summary>
    public string? DpopKey { get; init; }

    public Prompt Prompt { get; init; }

    /// <summary>The oldest sign-in the platform takes; null for any.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>How strongly the person must have signed in, one of these (<see cref="Acr"/>); empty for any.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>As that platform knows the person who alone may answer; null for anybody.</summary>
    public string? Subject { get; init; }

    public string? LoginHint { get; init; }

    public string? UiLocales { get; init; }

    /// <summary>Spent when the person says yes; null for a request that was not pushed.</summary>
    public string? PushedId { get; init; }

    /// <summary>What the person must have agreed to: the scopes, and those of single claims.</summary>
    public IReadOnlyList<string> Asked => [.. Scopes.All.Where(Scope.Concat(Claims.NeededScopes).Contains)];
}

/// <summary>Where an answer goes and how: a registered address, its <c>response_mode</c>, and the <c>state</c> given back as it came.</summary>
/// <param name="SaysIssuer">Whether to say who answers (<c>iss</c>, RFC 9207). The pages beside QRAuth document an answer without, and the usual clients written to them refuse one with it.</param>
internal sealed record AnswerTarget(string RedirectUri, ResponseMode Mode, string? State, bool SaysIssuer = true);

internal enum ResponseMode
{
    /// <summary>In the address.</summary>
    Query,

    /// <summary>By a form that sends itself (OAuth 2.0 Form Post Response Mode).</summary>
    FormPost,

    /// <summary>By <c>postMessage</c> to the page that opened us.</summary>
    WebMessage,
}

/// <summary>What the person must be asked again (section 3.1.2.1).</summary>
[Flags]
internal enum Prompt
{
    AsNeeded = 0,
    None = 1,
    Login = 2,
    Consent = 4,
    SelectAccount = 8,
}

/// <summary>A request, or where its refusal goes.</summary>
internal abstract record AuthorizationRead
{
    internal sealed record Valid(AuthorizationRequest Request) : AuthorizationRead;

    /// <summary>Nobody can be trusted with the answer: the person is shown it.</summary>
    internal sealed record Show(Refusal Refusal) : AuthorizationRead;

    /// <summary>The platform is told, at its registered address.</summary>
    internal sealed record Tell(AnswerTarget Target, Refusal Refusal) : AuthorizationRead;
}

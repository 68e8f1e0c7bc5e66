using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Authorization;

/// <summary>What a platform asks for, checked (RFC 6749 section 4.1.1, OpenID Connect Core 1.0 section 3.1.2.1, RFC 7636).</summary>
internal sealed record AuthorizationRequest
{
    public required Platform Platform { get; init; }

    /// <summary>One of the platform's registered addresses.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>Given back as it came.</summary>
    public string? State { get; init; }

    public IReadOnlyList<string> Scope { get; init; } = [];

    public string? Nonce { get; init; }

    /// <summary>base64url(SHA-256(code_verifier)), 43 characters; null when a platform that keeps a secret sent none.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>As the pages beside QRAuth document it: plain OAuth without PKCE. Its clients know no <c>iss</c>, and the usual ones refuse an answer that has one.</summary>
    public bool IsDocumented => CodeChallenge is null && !Scope.Contains(Scopes.OpenId);

    public Prompt Prompt { get; init; }

    /// <summary>The oldest sign-in the platform takes; null for any.</summary>
    public TimeSpan? MaxAge { get; init; }

    public string? LoginHint { get; init; }
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
    /// <param name="IsDocumented">As <see cref="AuthorizationRequest.IsDocumented"/>.</param>
    internal sealed record Tell(string RedirectUri, string? State, Refusal Refusal, bool IsDocumented = false) : AuthorizationRead;
}

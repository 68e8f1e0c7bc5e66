using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>One account signed in to one platform, once: the unit of revocation.</summary>
internal sealed record Grant
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The phone that approved it; null when a password did.</summary>
    public string? DeviceId { get; init; }

    public required Door Door { get; init; }

    /// <summary>What it was given for (RFC 6749 section 3.3): words separated by spaces; empty at the two doors.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Single claims that were asked for beyond the scopes (OpenID Connect Core 1.0 section 5.5), as JSON; null for none.</summary>
    public string? Claims { get; init; }

    /// <summary>The key its tokens are bound to; null for bearers.</summary>
    public SenderKey? Sender { get; init; }

    /// <summary>The browser's session it was given in, which a sign-out ends; null where a phone alone gave it.</summary>
    public string? SessionId { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>When the person had proved to be there, which may be long before they gave it; null for the same moment.</summary>
    public DateTimeOffset? SignedInAt { get; init; }
}

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

    public required DateTimeOffset GrantedAt { get; init; }
}

using Gapura.Kernel;

namespace Gapura.Tokens;

/// <summary>What the mint needs to know of this installation.</summary>
internal sealed record TokenOptions
{
    /// <summary>Gapura's own origin: <c>iss</c> of every token, and what pages compare <c>event.origin</c> with.</summary>
    public required WebOrigin Issuer { get; init; }

    /// <summary><c>aud</c> of access tokens: the name all resource APIs of the ecosystem answer to.</summary>
    public required string Audience { get; init; }

    /// <summary><c>aud</c> of what sandboxes are given: no API that takes real people's tokens answers to it.</summary>
    public string SandboxAudience => Audience + "/sandbox";

    /// <summary>For everybody of the ecosystem, or everybody of its sandboxes.</summary>
    public bool IsForAll(string? audience) => audience == Audience || audience == SandboxAudience;

    /// <summary>900 s is documented: <c>expires_in</c> of the popup's message.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>From issue; each rotation starts it anew.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long the immediate predecessor still gets the same successor.</summary>
    public TimeSpan RefreshGrace { get; init; } = TimeSpan.FromSeconds(30);
}

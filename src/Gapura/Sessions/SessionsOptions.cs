using Gapura.Kernel;

namespace Gapura.Sessions;

/// <summary>What the pages people see need to know of this installation.</summary>
internal sealed record SessionsOptions
{
    /// <summary>Our own origin. Over https, cookies are <c>Secure</c> and carry the <c>__Host-</c> prefix.</summary>
    public required WebOrigin Origin { get; init; }

    /// <summary>What pages call this sign-in service.</summary>
    public string Brand { get; init; } = "Gapura";

    /// <summary>How long a browser stays signed in here.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>What "signed in just now" means where a stolen session must not be enough.</summary>
    public TimeSpan FreshFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Request header in which a trusted proxy tells the country (ISO 3166-1, two letters); null for none.</summary>
    public string? CountryHeader { get; init; }

    public bool IsSecure => Origin.Text.StartsWith("https:", StringComparison.Ordinal);
}

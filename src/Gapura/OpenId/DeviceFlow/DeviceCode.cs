using Gapura.Audit;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>A device without a keyboard that waits to be let in.</summary>
internal sealed record DeviceCode
{
    public required string ClientId { get; init; }

    /// <summary>What it asks for, word by word.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>Where the device is, as its own request told; unknown where a platform's backend asked for it.</summary>
    public required Visitor From { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
}

namespace Gapura.Devices;

/// <summary>An enrolled phone.</summary>
internal sealed record Device
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Its owner is a test person: it signs in to sandboxes and nowhere else.</summary>
    public bool IsTest { get; init; }

    /// <summary>secp256k1, uncompressed: 130 lower-case hex digits beginning <c>04</c>.</summary>
    public required string PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

namespace Gapura.Storage;

/// <summary>Any sign-in under way or lately ended, as stored. There is none before somebody has proved something.</summary>
internal sealed record Ceremony
{
    /// <summary>What may happen once: the browser's claim of a QR sign-in, the login ticket of a popup.</summary>
    public required string Key { get; init; }

    public required Door Door { get; init; }

    public required CeremonyState State { get; init; }

    /// <summary>The exact handle that was decided: session id or login ticket.</summary>
    public required string Handle { get; init; }

    public required string ClientId { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The phone that approved; null when a password did.</summary>
    public string? DeviceId { get; init; }

    public required string GrantId { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>After this nobody collects it any more.</summary>
    public required DateTimeOffset CollectUntil { get; init; }

    /// <summary>After this the row goes, and with it the memory that the key was used. Always beyond the handle's expiry.</summary>
    public required DateTimeOffset KeepUntil { get; init; }
}

internal enum Door
{
    Qr,
    Seamless,
}

/// <summary>Approved is waiting for its browser; collected is over.</summary>
internal enum CeremonyState
{
    Approved,
    Collected,
}

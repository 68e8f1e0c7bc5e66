namespace Gapura.Storage;

/// <summary>Any sign-in under way or lately ended, as stored. There is none before somebody has proved something.</summary>
internal sealed record Ceremony
{
    /// <summary>What may happen once: the browser's claim of a QR sign-in, the login ticket of a popup.</summary>
    public required string Key { get; init; }

    public required Door Door { get; init; }

    public required CeremonyState State { get; init; }

    /// <summary>The exact handle that was scanned or decided: session id or login ticket.</summary>
    public required string Handle { get; init; }

    public required string ClientId { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The phone that scanned or approved; null when a password did.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Null until somebody has said yes.</summary>
    public string? GrantId { get; init; }

    /// <summary>When it last moved from one state to another.</summary>
    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>Until when a scanned one can be decided.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>After this nobody collects it any more.</summary>
    public required DateTimeOffset CollectUntil { get; init; }

    /// <summary>After this the row goes, and with it the memory that the key was used. Always beyond the handle's expiry.</summary>
    public required DateTimeOffset KeepUntil { get; init; }

    /// <summary>How the person shows to stand before the very screen that waits.</summary>
    public Confirmation Confirmation { get; init; }

    /// <summary>When the right code was typed at the screen; null before, and where none is typed.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Codes typed so far, right or wrong.</summary>
    public int Tries { get; init; }

    /// <summary>Why it was denied; null unless it was.</summary>
    public string? DeniedBecause { get; init; }

    /// <summary>What the phone was told of the screen: a text of the door's own.</summary>
    public string? Seen { get; init; }
}

internal enum Door
{
    Qr,
    Seamless,

    /// <summary>The hall: OpenID Connect's code flow.</summary>
    OpenId,
}

/// <summary>Scanned waits for the person, approved for its browser; denied and collected are over.</summary>
internal enum CeremonyState
{
    Scanned,
    Approved,
    Collected,
    Denied,
}

/// <summary>Match: two digits on the screen are picked on the phone. Type: four digits on the phone are typed at the screen.</summary>
internal enum Confirmation
{
    None,
    Match,
    Type,
}

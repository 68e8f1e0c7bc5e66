namespace Gapura.Audit;

/// <summary>One thing that somebody did. Written in the transaction that did it, never changed.</summary>
internal sealed record AuditEntry
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Whose hand: <c>account</c>, <c>device</c>, <c>platform</c>, <c>operator</c> or <c>server</c>.</summary>
    public required string Actor { get; init; }

    public string? AccountId { get; init; }

    public string? ClientId { get; init; }

    public string? DeviceId { get; init; }

    public string? GrantId { get; init; }

    /// <summary>The browser that was signed in, as it calls itself: <c>Chrome</c>.</summary>
    public string? Browser { get; init; }

    /// <summary><c>Windows</c>, <c>Android</c>, …</summary>
    public string? System { get; init; }

    /// <summary>Where it was: an address with its last part cut off (CIDR), never a whole one.</summary>
    public string? Network { get; init; }

    /// <summary>ISO 3166-1, two letters, where a proxy tells.</summary>
    public string? Country { get; init; }

    /// <summary>What else is worth knowing: words separated by spaces, such as the reasons of a risk.</summary>
    public string? Details { get; init; }
}

/// <summary>Every action there is.</summary>
internal static class AuditAction
{
    public const string SignInApproved = "sign_in.approved";
    public const string SignInDenied = "sign_in.denied";
    public const string SignInReported = "sign_in.reported";
    public const string SignedOut = "session.ended";
    public const string ImageChanged = "account.image_changed";
    public const string ConsentTakenBack = "consent.taken_back";
    public const string DeviceEnrolled = "device.enrolled";
    public const string DeviceRenamed = "device.renamed";
    public const string DeviceRevoked = "device.revoked";
    public const string InstallationRestored = "installation.restored";
    public const string PlatformPromoted = "platform.promoted";
}

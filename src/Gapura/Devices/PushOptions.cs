namespace Gapura.Devices;

/// <summary>Whom this installation may tell that a phone should look, and as whom it speaks.</summary>
internal sealed record PushOptions
{
    /// <summary>The push services of the browsers there are.</summary>
    public static readonly IReadOnlyList<string> UsualHosts =
        ["fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.services.mozilla.com", "*.notify.windows.com", "web.push.apple.com"];

    /// <summary>A host, with <c>*.</c> for any name below it, with a port unless it is 443. Empty: nothing is pushed.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = UsualHosts;

    /// <summary>Whom a push service may write to when something is wrong (RFC 8292 section 2.1): <c>mailto:</c> or <c>https:</c>.</summary>
    public required string Subject { get; init; }
}

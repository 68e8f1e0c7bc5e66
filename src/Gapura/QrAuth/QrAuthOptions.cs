namespace Gapura.QrAuth;

/// <summary>How the QR door is set up here.</summary>
internal sealed record QrAuthOptions
{
    /// <summary>First part of every session id. 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>.</summary>
    public string Issuer { get; init; } = "nu.id";

    /// <summary>Second part of every session id.</summary>
    public string Version { get; init; } = "1";

    /// <summary>From opening to expiry. A documented screen hears of an approval only when it asks again at the expiry.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From opening to the last moment a code of a screen with a verifier can be scanned: a screenshot is soon worth nothing.</summary>
    public TimeSpan ScanLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the challenge's expiry an approval still waits for its screen.</summary>
    public TimeSpan CollectLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Screens that may wait on one node at once; more are told to ask by themselves.</summary>
    public int MostWaiting { get; init; } = 50_000;
}

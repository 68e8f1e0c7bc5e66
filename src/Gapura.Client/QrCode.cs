namespace Gapura.Client;

/// <summary>A QR code that a screen shows, and the claim by which that screen collects the sign-in.</summary>
public sealed record QrCode
{
    /// <summary>The text the code holds: exactly this is what a phone signs.</summary>
    public required string SessionId { get; init; }

    /// <summary>When it can no longer be approved.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The claim: whoever has it collects. Keep it on your side, never in the code.</summary>
    public required string Nonce { get; init; }

    /// <summary>The code as a PNG in Base64, for <c>data:image/png;base64,…</c>; null where it was not asked for.</summary>
    public string? Picture { get; init; }

    /// <summary>Says nothing of the nonce.</summary>
    public override string ToString() => SessionId;
}

/// <summary>What <see cref="GapuraClient.CollectQrAsync"/> found.</summary>
/// <param name="Tokens">The sign-in, once; null while nobody has approved.</param>
/// <param name="Code">What the screen shows now: the same code, or a fresh one after it expired.</param>
public sealed record QrAnswer(TokenSet? Tokens, QrCode Code);

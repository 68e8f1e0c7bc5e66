namespace Gapura.Tokens;

/// <summary>What a code stands for.</summary>
internal sealed record AuthorizationCode
{
    public required string GrantId { get; init; }

    public required CodeHolder Holder { get; init; }

    /// <summary>The address it is brought to, which whoever redeems it names again; null for one that a message alone carries.</summary>
    public required string? RedirectUri { get; init; }

    /// <summary>base64url(SHA-256(code_verifier)); null when a platform that keeps a secret sent none.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>Thumbprint of the one key that may redeem it (RFC 9449 section 10); null for any.</summary>
    public string? DpopKey { get; init; }

    public string? Nonce { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>How the person proved to be there (RFC 8176).</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>How strong the hall calls that; empty at the popup, where nobody asks.</summary>
    public string Context { get; init; } = "";

    /// <summary>Of the popup: it stands for the documented message, and for no more.</summary>
    public bool IsOfPopup => Holder != CodeHolder.Client;

    /// <summary>Whether a text can be a SHA-256 in base64url, as challenges and thumbprints are: 43 characters.</summary>
    public static bool IsHash(string? text) => text is { Length: 43 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>Who may redeem a code.</summary>
internal enum CodeHolder
{
    /// <summary>The client that asked the hall for it, as well known as it can be.</summary>
    Client,

    /// <summary>The backend of the platform whose popup it is of.</summary>
    Backend,

    /// <summary>As <see cref="Backend"/>, or a page of that platform.</summary>
    Page,
}

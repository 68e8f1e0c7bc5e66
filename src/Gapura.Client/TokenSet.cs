namespace Gapura.Client;

/// <summary>What a completed sign-in gives a platform.</summary>
public sealed record TokenSet
{
    /// <summary>A JWT (RFC 9068), 900 seconds long.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Seconds from now.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary><c>Bearer</c> or <c>DPoP</c>.</summary>
    public string TokenType { get; init; } = "Bearer";

    /// <summary><c>gpr_…</c>, good for one use; null where none was given.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Null where <c>openid</c> was not asked for.</summary>
    public string? IdToken { get; init; }

    /// <summary>Words separated by spaces; null where the answer names none.</summary>
    public string? Scope { get; init; }

    /// <summary>User name; null where the answer does not name the person: a code of the popup does.</summary>
    public string? Username { get; init; }

    /// <summary>Tax number, 15 or 16 digits, empty where there is none; null as <see cref="Username"/>.</summary>
    public string? Npwp { get; init; }

    /// <summary><c>***</c>: tokens do not belong into logs.</summary>
    public override string ToString() => "TokenSet ***";
}

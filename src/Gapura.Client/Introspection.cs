using System.Text.Json;
using Gapura.Client.Wire;

namespace Gapura.Client;

/// <summary>What a token is worth now (RFC 7662 section 2.2). Where <see cref="IsActive"/> is false nothing else is known.</summary>
public sealed record Introspection
{
    /// <summary>False for whatever is expired, revoked, forged or none of your business.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The account (<c>sub</c>).</summary>
    public string? Subject { get; init; }

    /// <summary>User name; null where you may not know it.</summary>
    public string? Username { get; init; }

    /// <summary>Tax number, 15 or 16 digits; null where you may not know it or there is none.</summary>
    public string? Npwp { get; init; }

    /// <summary>The platform the person signed in to.</summary>
    public string? ClientId { get; init; }

    /// <summary>Words separated by spaces.</summary>
    public string? Scope { get; init; }

    /// <summary>Who acts for the person after a token exchange (RFC 8693 section 4.1); null where it is the platform itself.</summary>
    public string? Actor { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    internal static Introspection Read(JsonElement body) => new()
    {
        IsActive = body.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True,
        Subject = GapuraHttp.Text(body, "sub"), Username = GapuraHttp.Text(body, "username"), Npwp = GapuraHttp.Text(body, "npwp"),
        ClientId = GapuraHttp.Text(body, "client_id"), Scope = GapuraHttp.Text(body, "scope"),
        Actor = body.TryGetProperty("act", out var act) ? GapuraHttp.Text(act, "sub") : null,
        Expires = GapuraHttp.Number(body, "exp") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
    };
}

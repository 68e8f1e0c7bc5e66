namespace Gapura.Storage.Carrying;

/// <param name="Key">The columns of its primary key, in order.</param>
internal sealed record CarriedTable(string Name, params string[] Key);

/// <summary>Every table of an installation, whoever is named by another before it.</summary>
internal static class CarriedTables
{
    public static IReadOnlyList<CarriedTable> All { get; } =
    [
        new("revisions", "topic"),
        new("sealed_keys", "purpose", "number"),
        new("platforms", "client_id"),
        new("api_keys", "id"),
        new("registration_tokens", "id"),
        new("accounts", "id"),
        new("throttles", "key"),
        new("devices", "id"),
        new("sessions", "hash"),
        new("familiar_browsers", "hash", "account_id"),
        new("grants", "id"),
        new("refresh_tokens", "hash"),
        new("authorization_codes", "hash"),
        new("consents", "account_id", "client_id", "scope"),
        new("logout_notices", "client_id", "session_id"),
        new("npwp_releases", "account_id", "client_id", "way", "day"),
        new("device_codes", "hash"),
        new("backchannel_requests", "hash"),
        new("ceremonies", "key"),
        new("refused_requests", "id"),
        new("audit", "id"),
        new("audit_seals", "number"),
    ];

    /// <summary>Tables that stay behind, and why.</summary>
    public static IReadOnlyDictionary<string, string> LeftBehind { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["migrations"] = "Each database tells what was done to itself; both are brought to the same version first.",
    };
}

/// <summary>An installation that cannot be carried; the message says why and what mends it.</summary>
internal sealed class CarryingException(string message, Exception? inner = null) : Exception(message, inner);

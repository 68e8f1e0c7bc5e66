using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>A grant as it is stored.</summary>
internal class GrantRow
{
    /// <summary>Of <c>grants g</c>.</summary>
    public const string Columns = """
        g.id AS Id, g.account_id AS AccountId, g.client_id AS ClientId, g.device_id AS DeviceId, g.door AS Door, g.granted_at AS GrantedAt, g.scope AS Scope,
        g.claims AS Claims, g.sender AS Sender, g.session_id AS SessionId, g.signed_in_at AS SignedInAt
        """;

    /// <summary>Of <c>grants g</c> and its <c>accounts a</c>: not revoked, and the account not disabled.</summary>
    public const string Stands = "g.revoked_at IS NULL AND a.disabled_at IS NULL";

    public string Id { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string? DeviceId { get; init; }

    public string Door { get; init; } = "";

    public long GrantedAt { get; init; }

    public string Scope { get; init; } = "";

    public string? Claims { get; init; }

    public string? Sender { get; init; }

    public string? SessionId { get; init; }

    public long? SignedInAt { get; init; }

    public Grant Grant() => new()
    {
        Id = Id, AccountId = AccountId, ClientId = ClientId, DeviceId = DeviceId, Door = Enum.Parse<Door>(Door), GrantedAt = DateTimeOffset.FromUnixTimeMilliseconds(GrantedAt), Scope = Scope,
        Claims = Claims, Sender = SenderKey.Read(Sender), SessionId = SessionId, SignedInAt = SignedInAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
    };
}

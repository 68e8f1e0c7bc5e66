using Gapura.OpenId.Exchange;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>A device code as stored.</summary>
internal sealed class DeviceCodeRow
{
    public const string Columns = """
        client_id AS ClientId, scope AS Scope, browser AS Browser, system AS System, network AS Network, country AS Country, opened_at AS OpenedAt, expires_at AS ExpiresAt,
        state AS State, grant_id AS GrantId, signed_in_at AS SignedInAt, amr AS Amr, acr AS Acr
        """;

    public string ClientId { get; init; } = "";

    public string Scope { get; init; } = "";

    public string? Browser { get; init; }

    public string? System { get; init; }

    public string? Network { get; init; }

    public string? Country { get; init; }

    public long OpenedAt { get; init; }

    public long ExpiresAt { get; init; }

    /// <summary><c>waiting</c>, <c>approved</c>, <c>denied</c>, <c>collected</c>.</summary>
    public string State { get; init; } = "";

    public string? GrantId { get; init; }

    public long? SignedInAt { get; init; }

    public string? Amr { get; init; }

    public string? Acr { get; init; }

    public DeviceCode Code() => new()
    {
        ClientId = ClientId, Scope = Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries), From = new(Browser, System, Network, Country), OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt),
    };

    /// <summary>How whoever allowed it had signed in.</summary>
    public SignInProof Proof() => new(DateTimeOffset.FromUnixTimeMilliseconds(SignedInAt!.Value), Amr!.Split(' '), Acr!, Nonce: null);
}

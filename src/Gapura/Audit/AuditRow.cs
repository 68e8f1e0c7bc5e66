namespace Gapura.Audit;

/// <summary>An entry as both databases hold it.</summary>
internal sealed class AuditRow
{
    public const string Columns = """
        id AS Id, at AS At, action AS Action, actor AS Actor, account_id AS AccountId, client_id AS ClientId, device_id AS DeviceId,
        grant_id AS GrantId, browser AS Browser, system AS System, network AS Network, country AS Country, details AS Details
        """;

    public string Id { get; init; } = "";

    public long At { get; init; }

    public string Action { get; init; } = "";

    public string Actor { get; init; } = "";

    public string? AccountId { get; init; }

    public string? ClientId { get; init; }

    public string? DeviceId { get; init; }

    public string? GrantId { get; init; }

    public string? Browser { get; init; }

    public string? System { get; init; }

    public string? Network { get; init; }

    public string? Country { get; init; }

    public string? Details { get; init; }

    public static AuditRow From(AuditEntry e) => new()
    {
        Id = e.Id, At = e.At.ToUnixTimeMilliseconds(), Action = e.Action, Actor = e.Actor, AccountId = e.AccountId, ClientId = e.ClientId,
        DeviceId = e.DeviceId, GrantId = e.GrantId, Browser = e.Browser, System = e.System, Network = e.Network, Country = e.Country, Details = e.Details,
    };

    public AuditEntry Entry() => new()
    {
        Id = Id, At = DateTimeOffset.FromUnixTimeMilliseconds(At), Action = Action, Actor = Actor, AccountId = AccountId, ClientId = ClientId,
        DeviceId = DeviceId, GrantId = GrantId, Browser = Browser, System = System, Network = Network, Country = Country, Details = Details,
    };
}

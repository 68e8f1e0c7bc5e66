namespace Gapura.Audit;

/// <summary>Where a request came from, as far as it may be written down. Null where the server does not know.</summary>
/// <param name="Browser"><c>Chrome</c></param>
/// <param name="System"><c>Windows</c></param>
/// <param name="Network">CIDR; never a whole address.</param>
/// <param name="Country">ISO 3166-1, two letters, from a trusted proxy.</param>
internal sealed record Visitor(string? Browser, string? System, string? Network, string? Country)
{
    public static readonly Visitor Unknown = new(null, null, null, null);
}

/// <summary>Whose hand does something, and from where.</summary>
/// <param name="Actor"><c>account</c>, <c>device</c>, <c>platform</c>, <c>operator</c> or <c>server</c>.</param>
/// <param name="ClientId">The platform that does it in the person's name; null for everybody else.</param>
internal sealed record Hand(string Actor, Visitor From, string? ClientId = null)
{
    /// <summary>At the command line of the server's own machine.</summary>
    public static readonly Hand Operator = new("operator", Visitor.Unknown);

    public static Hand Account(Visitor from) => new("account", from);

    public static Hand Device(Visitor from) => new("device", from);

    /// <summary>A platform that the person allowed it.</summary>
    public static Hand Platform(Visitor from, string clientId) => new("platform", from, clientId);
}

using Gapura.Client.Tokens;
using Gapura.Client.Wire;
using Microsoft.AspNetCore.Authentication;

namespace Gapura.Client;

/// <summary>How a resource API checks the access tokens it is shown.</summary>
public sealed class GapuraTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>The server's address as it stands in <c>iss</c>; usual: <c>GAPURA_ISSUER</c> of the configuration.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// What must stand in <c>aud</c>: usual (empty) the issuer, which is the audience of everybody's tokens unless the
    /// operator chose another; your client id for tokens exchanged for your API alone.
    /// </summary>
    public string Audience { get; set; } = "";

    /// <summary>Your API's client id, for introspection; usual: <c>GAPURA_CLIENT_ID</c>.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Your API's own key (a platform with <c>--resource-api</c>), for introspection; usual: <c>GAPURA_API_KEY</c>.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>When the server is asked as well; usual: never.</summary>
    public IntrospectWhen Introspect { get; set; } = IntrospectWhen.Never;

    /// <summary>How wrong clocks may be at <c>exp</c>: usual five minutes, which is how wrong those of the server's nodes may be.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The origin by which clients call this API, for DPoP's <c>htu</c> behind a proxy: <c>https://api.example.go.id</c>.
    /// Usual (empty): what the request says itself.
    /// </summary>
    public string PublicOrigin { get; set; } = "";

    /// <summary>Time limit of each question to the server; usual: 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For the calls to the server; null for a handler of our own. It should follow no redirects.</summary>
    public HttpMessageHandler? BackchannelHandler { get; set; }

    internal TokenServer? Server { get; set; }

    /// <summary>A mistake in the options stops the program at its start.</summary>
    /// <exception cref="InvalidOperationException">Something is missing or cannot be right.</exception>
    public override void Validate()
    {
        base.Validate();
        if (IssuerAddress.Problem(Issuer) is { } problem) throw new InvalidOperationException("AddGapuraTokens: " + problem);
        if (Introspect.MayAsk && (ClientId.Length == 0 || ApiKey.Length == 0)) throw new InvalidOperationException("AddGapuraTokens: introspection needs ClientId and ApiKey (GAPURA_CLIENT_ID, GAPURA_API_KEY) of your resource API.");
        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(10)) throw new InvalidOperationException("AddGapuraTokens: ClockSkew must be from nothing to ten minutes.");
        if (PublicOrigin.Length > 0 && (!Uri.TryCreate(PublicOrigin, UriKind.Absolute, out var origin) || origin.PathAndQuery != "/")) throw new InvalidOperationException("AddGapuraTokens: PublicOrigin is scheme and host, like https://api.example.go.id.");
    }
}

using Gapura.Client.Wire;
using Microsoft.Extensions.Options;

namespace Gapura.Client.Tokens;

/// <summary>The issuer as a resource API knows it: somebody to ask, and a check by its keys.</summary>
internal sealed class TokenServer
{
    public TokenServer(HttpClient http, GapuraClientOptions options, TimeProvider time)
    {
        Client = new GapuraClient(http, Options.Create(options), time);
        Check = new TokenCheck(new IssuerKeys(Client.KeySet, time), options.Issuer, time);
    }

    public GapuraClient Client { get; }

    public TokenCheck Check { get; }
}

/// <summary>What the environment says, and one connection to the server for each scheme.</summary>
internal sealed class UsualTokenOptions(UsualSettings usual, TimeProvider time) : IPostConfigureOptions<GapuraTokenOptions>
{
    public void PostConfigure(string? name, GapuraTokenOptions options)
    {
        (options.Issuer, options.ClientId, options.ApiKey) = (usual.Issuer(options.Issuer), usual.ClientId(options.ClientId), usual.ApiKey(options.ApiKey));
        if (IssuerAddress.Problem(options.Issuer) is not null) return; // Validate says it
        if (options.Audience.Length == 0) options.Audience = IssuerAddress.Text(options.Issuer);

        // The options live as long as the program, and the handler with them.
        var http = new HttpClient(options.BackchannelHandler ?? GapuraHttp.NewHandler(), disposeHandler: options.BackchannelHandler is null);
        options.Server = new TokenServer(http, new GapuraClientOptions { Issuer = options.Issuer, ClientId = options.ClientId, ApiKey = options.ApiKey, Timeout = options.Timeout }, options.TimeProvider ?? time);
    }
}

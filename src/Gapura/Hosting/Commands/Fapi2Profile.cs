using Gapura.Platforms;

namespace Gapura.Hosting.Commands;

/// <summary>What FAPI 2.0's Security Profile asks of a client (section 5.3.2), filled in where nothing was said. Pure.</summary>
internal static class Fapi2Profile
{
    /// <exception cref="RefusedException">Something was said that contradicts it.</exception>
    public static ClientSettings Applied(ClientSettings client, Platform platform)
    {
        if (client is { AuthenticationMethod: null } && (client.Jwks is not null || client.JwksUri is not null)) client = client with { AuthenticationMethod = "private_key_jwt" };
        if (!client.HasOwnKey) throw Contradiction("the client shows who it is by a key or a certificate of its own: say --auth-method private_key_jwt with --jwks or --jwks-uri, or tls_client_auth, or self_signed_tls_client_auth");
        if (client.IdTokenAlgorithm is { } other and not "ES256") throw Contradiction($"ID tokens are signed with ES256, not {other}");
        if (!platform.RedirectUris.All(u => u.StartsWith("https:", StringComparison.Ordinal))) throw Contradiction("redirect URIs are https");
        if (client.RequirePushedRequests == false) throw Contradiction("requests are pushed");
        if (client is { DpopBound: false, CertificateBound: false }) throw Contradiction("tokens are bound to a key or a certificate");
        if (client is { DpopBound: not true, CertificateBound: not true })
            client = client.DpopBound == false || (client.CertificateBound is null && client.AuthenticationMethod != "private_key_jwt") ? client with { CertificateBound = true } : client with { DpopBound = true };
        return client with { RequirePushedRequests = true, IdTokenAlgorithm = "ES256" };
    }

    private static RefusedException Contradiction(string what) => new($"With --profile fapi2 {what}. Nothing was changed.");
}

using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.OpenId.Neighbours;
using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary><c>POST /oauth/token</c> (RFC 6749 section 3.2): who asks, with which key, for which kind of grant. The rest is the grant's.</summary>
internal static class TokenEndpoint
{
    // Who shows one of these empty has shown a wrong one.
    private static readonly string[] Shown = ["client_secret", "client_assertion", "client_assertion_type", "code_verifier"];

    public static async Task<IResult> Token(HttpContext context, ClientAuthentication clients, SenderKeys senders, OldRequests old, IEnumerable<IGrantType> grantTypes, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (body, malformed) = await RequestFields.Read(context.Request, ct);
        if (body is null) return malformed!.AsCode();
        body = body.WithoutEmpty(Shown);
        var (fields, doubled) = old.WithQuery(context.Request.Query, body);
        if (fields is null) return doubled!.AsCode();

        // 1. load_client, authenticate_client
        var (client, unknown) = await clients.Identify(context, fields, ct);
        if (client is null || !old.MayUseQuery(client, fields, body)) return ClientAuthentication.Refuse(context, unknown);

        // 2. check_sender (RFC 9449, RFC 8705)
        var (sender, unproven) = await senders.Read(context, ct);
        if (unproven is not null) return unproven.AsCode();
        if (client.Platform.Client.DpopBound == true && sender?.Method != SenderKey.Dpop) return Refusals.InvalidDpopProof.Because("This client's tokens are bound to a key: send a DPoP proof.").AsCode();
        if (client.Platform.Client.CertificateBound == true && sender?.Method != SenderKey.Certificate) return Refusals.InvalidRequest.Because("This client's tokens are bound to its certificate: connect with it.").AsCode();

        // 3. load_grant_type
        if ((fields["grant_type"] ?? old.UnsaidGrantType(client, fields)) is not { } name) return Refusals.InvalidRequest.Because("grant_type is missing.").AsCode();
        if (grantTypes.FirstOrDefault(g => g.Name == name) is not { } grantType) return Refusals.UnsupportedGrantType.AsCode();
        if (!client.IsKnown && !grantType.MayBeUnknown) return ClientAuthentication.Refuse(context);
        if (grantType.IsRegistered && !client.Platform.Client.MayUse(name)) return Refusals.UnauthorizedClient.AsCode();
        return await grantType.Answer(new TokenRequest(context, fields, client, sender), ct);
    }
}

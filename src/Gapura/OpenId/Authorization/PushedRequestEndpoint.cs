using System.Text.Json.Serialization;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Tokens;

namespace Gapura.OpenId.Authorization;

/// <summary><c>POST /oauth/par</c> (RFC 9126): a client says beforehand, and from its own backend, what the person will be sent with.</summary>
internal static class PushedRequestEndpoint
{
    private static readonly string[] NotOfTheRequest = ["client_secret", "client_assertion", "client_assertion_type"];

    public static async Task<IResult> Push(HttpContext context, ClientAuthentication clients, SenderKeys senders, AuthorizationRequests requests, PushedRequests pushed, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // 1. load_client, authenticate_client
        var (client, unknown) = await clients.Identify(context, fields, ct);
        if (client is not { IsKnown: true }) return ClientAuthentication.Refuse(context, unknown);

        // 2. reject_request_uri (section 2.1)
        if (fields["request_uri"] is { Length: > 0 }) return Refusals.InvalidRequest.Because("request_uri must not be pushed.").AsCode();

        // 3. check_client_id: what Basic or an assertion said is what the request says; what says nothing was not sent (RFC 6749 section 3.1)
        var body = fields.All.Where(p => p.Value is { Length: > 0 } && !NotOfTheRequest.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value!, StringComparer.Ordinal);
        if (body.TryGetValue("client_id", out var named) && named != client.Platform.ClientId) return Refusals.InvalidRequest.Because("client_id is not the client that authenticated.").AsCode();
        body["client_id"] = client.Platform.ClientId;

        // 4. check_sender (RFC 9449 section 10.1)
        var (sender, unproven) = await senders.Read(context, ct);
        if (unproven is not null) return unproven.AsCode();

        // 5. check_request
        var (parameters, refusal) = await requests.ReadPushed(client.Platform, body, ct);
        if (parameters is null) return refusal!.AsCode();
        var taken = new Dictionary<string, string>(parameters, StringComparer.Ordinal);
        if (sender?.Method == SenderKey.Dpop && !taken.TryAdd("dpop_jkt", sender.Thumbprint) && taken["dpop_jkt"] != sender.Thumbprint)
            return Refusals.InvalidDpopProof.Because("dpop_jkt is not the key of the DPoP proof.").AsCode();

        // 6. the handle
        return pushed.Issue(client.Platform.ClientId, taken) is { } uri
            ? Results.Json(new PushedAnswer(uri, (int)PushedRequests.Lifetime.TotalSeconds), PushedAnswerJson.Default.PushedAnswer, statusCode: StatusCodes.Status201Created)
            : Refusals.InvalidRequest.Because("The request is too long to be pushed.").AsCode();
    }
}

internal sealed record PushedAnswer([property: JsonPropertyName("request_uri")] string RequestUri, [property: JsonPropertyName("expires_in")] int ExpiresIn);

[JsonSerializable(typeof(PushedAnswer))]
internal sealed partial class PushedAnswerJson : JsonSerializerContext;

using Gapura.Kernel;
using Gapura.OpenId.DeviceFlow;
using Gapura.OpenId.Exchange;

namespace Gapura.OpenId.Ciba;

/// <summary><c>urn:openid:params:grant-type:ciba</c> (CIBA Core 1.0 section 10.1): the platform asks until the person has decided.</summary>
internal sealed class CibaGrant(BackChannelRequests requests, FirstTokens first, TokenAnswers answers) : IGrantType
{
    public const string Urn = "urn:openid:params:grant-type:ciba";

    public string Name => Urn;

    public bool IsRegistered => true;

    public async Task<IResult> Answer(TokenRequest request, CancellationToken ct)
    {
        if (!request.Client.IsAuthenticated) return Clients.ClientAuthentication.Refuse(request.Context);
        if (BackChannelSteps.DeliveryOf(request.Platform.Client) == Delivery.Push) return Refusals.UnauthorizedClient.Because("This client is sent its tokens and does not ask for them.").AsCode();
        if (request.Fields.Text("auth_req_id", 1, 200) is not { } id) return Refusals.InvalidRequest.Because("auth_req_id is missing.").AsCode();
        var poll = await requests.Poll(new Secret(id), request.ClientId, (sql, grant) => first.Issue(sql, grant, request), ct);
        return poll is Poll.Given(var grant, var proof, var refreshToken)
            ? await answers.Fresh(grant with { Sender = request.Sender }, proof, refreshToken, ct)
            : poll.Refusal!.AsCode();
    }
}

using Gapura.Kernel;
using Gapura.OpenId.Exchange;

namespace Gapura.OpenId.DeviceFlow;

/// <summary><c>urn:ietf:params:oauth:grant-type:device_code</c> (RFC 8628 section 3.4): the device asks until somebody has decided.</summary>
internal sealed class DeviceGrant(DeviceCodes codes, FirstTokens first, TokenAnswers answers) : IGrantType
{
    public const string Urn = "urn:ietf:params:oauth:grant-type:device_code";

    public string Name => Urn;

    public bool IsRegistered => true;

    public async Task<IResult> Answer(TokenRequest request, CancellationToken ct)
    {
        if (request.Fields.Text("device_code", 1, 200) is not { } code) return Refusals.InvalidRequest.Because("device_code is missing.").AsCode();
        var poll = await codes.Poll(new Secret(code), request.ClientId, (sql, grant) => first.Issue(sql, grant, request), ct);
        return poll is Poll.Given(var grant, var proof, var refreshToken)
            ? await answers.Fresh(grant with { Sender = request.Sender }, proof, refreshToken, ct)
            : poll.Refusal!.AsCode();
    }
}

using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary><c>refresh_token</c> (RFC 6749 section 6): one rotation, in one transaction.</summary>
internal sealed class RefreshGrant(RefreshTokens refreshTokens, TokenAnswers answers) : IGrantType
{
    public string Name => "refresh_token";

    public bool IsRegistered => false;

    /// <summary>A page that was signed in at a door renews by itself, whatever its platform's backend holds.</summary>
    public bool MayBeUnknown => true;

    public async Task<IResult> Answer(TokenRequest request, CancellationToken ct)
    {
        if (request.Fields.Text("refresh_token", 1, 200) is not { } token) return Refusals.InvalidRequest.Because("refresh_token is missing.").AsCode();
        var client = request.Platform.Client;
        var renewer = new Renewer(request.ClientId, request.Sender, request.Client.IsKnown, client.FollowsFapi, request.Client.IsAuthenticated, client.DpopBound == true || client.CertificateBound == true);
        if (await refreshTokens.Rotate(new Secret(token), renewer, ct) is not { } rotated) return Refusals.InvalidGrant.AsCode();
        return answers.Renewed(rotated.Grant, rotated.Successor, Scopes.Narrowed(rotated.Grant.Scope, request.Fields["scope"]));
    }
}

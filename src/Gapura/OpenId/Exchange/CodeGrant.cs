using Gapura.Kernel;
using Gapura.OpenId.Authorization;

namespace Gapura.OpenId.Exchange;

/// <summary><c>authorization_code</c> (RFC 6749 section 4.1.3): one code, spent in the transaction that issues what it is for.</summary>
internal sealed class CodeGrant(AuthorizationCodes codes, FirstTokens first, TokenAnswers answers) : IGrantType
{
    private const int LongestText = 2_000;

    public string Name => "authorization_code";

    public bool IsRegistered => false;

    public async Task<IResult> Answer(TokenRequest request, CancellationToken ct)
    {
        var fields = request.Fields;
        if (fields.Text("code", 1, 200) is not { } code) return Refusals.InvalidRequest.Because("code is missing.").AsCode();
        if (fields.Text("redirect_uri", 1, LongestText) is not { } redirectUri) return Refusals.InvalidRequest.Because("redirect_uri is missing.").AsCode();
        if (fields.Has("code_verifier") && fields.Text("code_verifier", 1, LongestText) is null) return Refusals.InvalidRequest.Because("code_verifier must be 43 to 128 characters.").AsCode();
        var redeemer = new Redeemer(request.ClientId, redirectUri, fields["code_verifier"], request.Sender);

        var spent = await codes.Spend(new Secret(code), redeemer, (sql, grant) => first.Issue(sql, grant, request), ct);
        return spent is var (details, grant, refreshToken)
            ? await answers.Fresh(grant with { Sender = request.Sender }, SignInProof.Of(details), refreshToken, ct)
            : Refusals.InvalidGrant.Because("The authorization code is not valid, has expired, was used, or its client, redirect_uri, code_verifier or key does not fit.").AsCode();
    }
}

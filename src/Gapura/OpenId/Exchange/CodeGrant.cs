using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Tokens;

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
        if (fields.Text("code", 1, 200) is not { } text) return Refusals.InvalidRequest.Because("code is missing.").AsCode();
        var (code, redirectUri) = (new Secret(text), fields.Text("redirect_uri", 1, LongestText));
        if (redirectUri is null && (fields.Has("redirect_uri") || !AuthorizationCodes.NamesNoAddress(code))) return Refusals.InvalidRequest.Because("redirect_uri is missing.").AsCode();
        if (fields.Has("code_verifier") && fields.Text("code_verifier", 1, LongestText) is null) return Refusals.InvalidRequest.Because("code_verifier must be 43 to 128 characters.").AsCode();
        var redeemer = new Redeemer.Client(request.ClientId, request.Client.IsAuthenticated, redirectUri, fields["code_verifier"], request.Sender);

        var spent = await codes.Spend(code, redeemer, async (sql, details, grant) => details.IsOfPopup
            ? new Issued(null, await first.IssueNamed(sql, grant, request))
            : new Issued(await first.Issue(sql, grant, request), null), ct);
        if (spent is not var (details, grant, issued))
            return Refusals.InvalidGrant.Because("The authorization code is not valid, has expired, was used, or its client, redirect_uri, code_verifier or key does not fit.").AsCode();
        grant = grant with { Sender = request.Sender };
        return issued.Person is { } person ? answers.Named(grant, details.SignedInAt, person) : await answers.Fresh(grant, SignInProof.Of(details), issued.RefreshToken, ct);
    }

    /// <param name="Person">Whom a code of the popup names; null for the hall's.</param>
    private sealed record Issued(Secret? RefreshToken, Account? Person);
}

using System.Buffers.Text;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.OpenId.Inspection;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary>Mints what a grant gives and writes it as the token endpoint answers (RFC 6749 section 5.1, OpenID Connect Core 1.0 section 3.1.3.3).</summary>
internal sealed class TokenAnswers(Mint mint, NamedTokens named, Subjects subjects, PlatformRegister platforms, AccountRegister accounts, ReleasedClaims released, TimeProvider time)
{
    /// <summary>The first tokens of a grant, with an ID token where <c>openid</c> was asked for.</summary>
    public async Task<IResult> Fresh(Grant grant, SignInProof proof, Secret? refreshToken, CancellationToken ct) =>
        Sent(Make(grant, proof, refreshToken, await ClaimsOf(grant, ct)));

    /// <summary>The same, for a caller that sends it some other way.</summary>
    /// <param name="claims">What the ID token says beside the usual.</param>
    public TokenAnswer Make(Grant grant, SignInProof proof, Secret? refreshToken, IReadOnlyList<KeyValuePair<string, string>>? claims = null)
    {
        var accessToken = mint.AccessToken(grant, token => token with { SignedInAt = proof.At });

        // The pages beside QRAuth document four members and no scope, and what was given is what was asked for (RFC 6749 section 5.1).
        return Of(accessToken, refreshToken, grant, Scopes.IsDocumented(grant.Scope) ? "" : grant.Scope, Scopes.Has(grant.Scope, Scopes.OpenId) ? IdTokenOf(grant, proof, accessToken, claims ?? []) : null);
    }

    /// <summary>What the popup's documented message says, for a backend that brings its code (docs/seamless-login.md).</summary>
    public IResult Named(Grant grant, DateTimeOffset signedInAt, Account person) => Sent(
        Of(named.AccessToken(grant, person, signedInAt), null, grant, "", idToken: null) with { Username = person.Username, Npwp = person.Npwp ?? "" });

    /// <param name="scope">The grant's, or less of it (RFC 6749 section 6).</param>
    public IResult Renewed(Grant grant, Secret refreshToken, string scope) =>
        Sent(Of(mint.AccessToken(grant, token => token with { Scope = scope.Length > 0 ? scope : null }), refreshToken, grant, scope, idToken: null));

    /// <summary>A token without a person's grant, or one that is narrower.</summary>
    /// <param name="issuedType"><c>issued_token_type</c> (RFC 8693 section 2.2.1); null elsewhere.</param>
    public IResult Alone(AccessToken token, string? issuedType = null) => Sent(
        new TokenAnswer(mint.AccessToken(token).Reveal(), TypeOf(token.Sender), (int)(token.ExpiresAt - token.IssuedAt).TotalSeconds, null, null, token.Scope, issuedType));

    // Single claims that were asked for here (section 5.5), and those of the scopes for a client that reads nothing else.
    private async Task<IReadOnlyList<KeyValuePair<string, string>>> ClaimsOf(Grant grant, CancellationToken ct)
    {
        if (!Scopes.Has(grant.Scope, Scopes.OpenId)) return [];
        var names = ReleasedClaims.Names(platforms.Active(grant.ClientId)?.Client.ScopeClaimsInIdToken == true ? grant.Scope : "", ClaimsRequest.Stored(grant.Claims).IdToken);
        return names.Count > 0 && await accounts.Active(grant.AccountId, ct) is { } account ? await released.Of(account, grant.ClientId, names, NpwpWay.IdToken, ct) : [];
    }

    private Secret IdTokenOf(Grant grant, SignInProof proof, Secret accessToken, IReadOnlyList<KeyValuePair<string, string>> claims)
    {
        var now = time.GetUtcNow();
        var client = platforms.Active(grant.ClientId)?.Client ?? ClientSettings.Usual;
        return mint.IdToken(new IdToken
        {
            Subject = subjects.Of(grant.AccountId, grant.ClientId), ClientId = grant.ClientId, IssuedAt = now, ExpiresAt = now.AddSeconds(mint.AccessTokenSeconds),
            SignedInAt = proof.At, Methods = proof.Methods, Context = proof.Context, Nonce = proof.Nonce, Claims = claims,
            SessionId = grant.SessionId is null ? null : subjects.SessionOf(grant.SessionId, grant.ClientId),
            AccessTokenHash = HalfOf(accessToken),
        }, client.SignedAnswers);
    }

    private TokenAnswer Of(Secret accessToken, Secret? refreshToken, Grant grant, string scope, Secret? idToken) =>
        new(accessToken.Reveal(), TypeOf(grant.Sender), mint.AccessTokenSeconds, refreshToken?.Reveal(), idToken?.Reveal(), scope.Length > 0 ? scope : null, null);

    private static JsonAnswer<TokenAnswer> Sent(TokenAnswer answer) => new(answer, TokenJson.Wire.TokenAnswer);

    private static string HalfOf(Secret accessToken)
    {
        Span<byte> hash = stackalloc byte[TextHash.Length];
        TextHash.Of(accessToken.Reveal(), hash);
        return Base64Url.EncodeToString(hash[..16]);
    }

    // Bound to a certificate it is still called a bearer (RFC 8705 section 3): the connection says the rest.
    private static string TypeOf(SenderKey? sender) => sender?.Method == SenderKey.Dpop ? "DPoP" : "Bearer";
}

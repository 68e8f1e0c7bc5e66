using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary>
/// <c>urn:ietf:params:oauth:grant-type:token-exchange</c> (RFC 8693): an access token for one that a single resource API
/// takes, of the same grant, no wider and no longer. A platform exchanges its own; an API exchanges what it was shown, to
/// ask the next one, and is then named as the one who acts (<c>act</c>).
/// </summary>
internal sealed class TokenExchangeGrant(Mint mint, Grants grants, PlatformRegister platforms, TokenAnswers answers, TokenOptions options, TimeProvider time) : IGrantType
{
    public const string Urn = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    public string Name => Urn;

    public bool IsRegistered => true;

    public async Task<IResult> Answer(TokenRequest request, CancellationToken ct)
    {
        // 1. authenticate_client
        if (!request.Client.IsAuthenticated) return ClientAuthentication.Refuse(request.Context);
        var fields = request.Fields;

        // 2. check_parameters (section 2.1)
        if (fields["subject_token_type"] != AccessTokenType) return Refusals.InvalidRequest.Because($"subject_token_type must be {AccessTokenType}.").AsCode();
        if (fields["requested_token_type"] is not (null or AccessTokenType)) return Refusals.InvalidRequest.Because($"requested_token_type must be {AccessTokenType}.").AsCode();
        if (fields.Has("actor_token")) return Refusals.InvalidRequest.Because("actor_token is not supported: whoever asks is who acts.").AsCode();
        if (fields.Text("subject_token", 1, 8192) is not { } text) return Refusals.InvalidRequest.Because("subject_token is missing.").AsCode();

        // 3. check_target: one resource API, by its client id
        if (fields.Has("resource") || fields.Text("audience", 1, 64) is not { } audience || options.IsForAll(audience) || platforms.Active(audience) is not { IsResourceApi: true } target || target.IsSandbox != request.Platform.IsSandbox) return Refusals.InvalidTarget.AsCode();

        // 4. load_subject_token: ours, of a grant that stands, the caller's to use, with the key it is bound to
        if (mint.ReadForAnyone(text) is not { } token || !MayUse(request, token)) return NotValid();
        if (await grants.Standing(token.GrantId, ct) is null || platforms.Active(token.ClientId) is null) return NotValid();

        // 5. check_scope: no wider
        var had = Scopes.Words(token.Scope);
        var asked = fields["scope"] is { } words ? Scopes.Words(words) : had;
        if (asked.Except(had).Any()) return Refusals.InvalidScope.AsCode();

        // 6. issue: no longer
        var now = time.GetUtcNow();
        var latest = now + options.AccessTokenLifetime;
        return answers.Alone(token with
        {
            Id = PublicId.New(time),
            IssuedAt = now,
            ExpiresAt = token.ExpiresAt < latest ? token.ExpiresAt : latest,
            Audience = audience,
            Scope = asked.Count > 0 ? string.Join(' ', asked) : null,
            Sender = request.Sender,
            Actor = request.ClientId == token.ClientId ? token.Actor : request.ClientId,
            Nonce = null,
            Username = null,
            Npwp = null,
        }, AccessTokenType);
    }

    // Its own, or one that was made for it: to everybody's or to its own name. Who acts is one party, not a chain.
    private bool MayUse(TokenRequest request, AccessToken token) =>
        (token.Sender is null || token.Sender == request.Sender)
        && (token.ClientId == request.ClientId ? token.Actor is null
            : request.Platform.IsResourceApi && (token.Audience == request.ClientId || token.Audience == (request.Platform.IsSandbox ? options.SandboxAudience : options.Audience)) && (token.Actor is null || token.Actor == request.ClientId));

    private static IResult NotValid() => Refusals.InvalidGrant.Because("The subject token is not valid, has expired, was revoked, is bound to another key or is not this client's to exchange.").AsCode();
}

using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary><c>client_credentials</c> (RFC 6749 section 4.4): a platform asks in its own name, for what it registered. No person, so no grant, no refresh token and nothing of anybody's.</summary>
internal sealed class ClientCredentialsGrant(TokenAnswers answers, TokenOptions options, TimeProvider time) : IGrantType
{
    public string Name => "client_credentials";

    public bool IsRegistered => true;

    public Task<IResult> Answer(TokenRequest request, CancellationToken ct) => Task.FromResult(Answer(request));

    private IResult Answer(TokenRequest request)
    {
        // 1. authenticate_client: always (section 4.4.2)
        if (!request.Client.IsAuthenticated) return ClientAuthentication.Refuse(request.Context);

        // 2. check_scope: what it registered, or less of it
        var allowed = Scopes.Words(request.Platform.Client.Scope);
        var asked = request.Fields["scope"] is { } text ? Scopes.Words(text) : allowed;
        if (asked.Except(allowed).Any()) return Refusals.InvalidScope.AsCode();

        // 3. issue
        var now = time.GetUtcNow();
        return answers.Alone(new AccessToken
        {
            Id = PublicId.New(time), Subject = request.ClientId, ClientId = request.ClientId, IssuedAt = now, ExpiresAt = now + options.AccessTokenLifetime, SignedInAt = null,
            Scope = asked.Count > 0 ? string.Join(' ', asked) : null, Sender = request.Sender,
        });
    }
}

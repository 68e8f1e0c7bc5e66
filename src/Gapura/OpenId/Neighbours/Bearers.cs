using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.OpenId.Neighbours;

/// <summary>The first question of every call with an access token (RFC 6750): whose is it, does it stand, is it for this?</summary>
internal sealed class Bearers(ShownTokens tokens, Grants grants, AccountRegister accounts, PlatformRegister platforms, SessionsOptions sessions, TimeProvider time)
{
    /// <param name="scope">What the token must have been given for; null for any.</param>
    /// <param name="fresh">Ask for a sign-in of the last minutes: a stolen session or an old token must not be enough.</param>
    /// <returns>Who calls, or the answer that refuses them.</returns>
    public async Task<(Bearer? Bearer, IResult? Refused)> Require(HttpContext context, string? scope, bool fresh, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";

        // 1. load_token, check_sender: one that is bound to a key is nothing without it (RFC 9449 section 7.1)
        var (token, refused) = tokens.Read(context);
        if (token is null) return (null, refused);

        // 2. load_client
        if (platforms.Active(token.ClientId) is not { } platform) return (null, NotValid(context));

        // 3. check_grant: a person's, not ended
        if (await grants.Standing(token.GrantId, ct) is not { } grant || await accounts.Active(grant.AccountId, ct) is not { } account) return (null, NotValid(context));
        var bearer = new Bearer(platform, account, token);

        // 4. check_scope (section 3.1), 5. check_sign_in
        if (scope is not null && !bearer.May(scope)) return (null, ShownTokens.Refuse(context, Refusals.InsufficientScope, scope));
        if (fresh && time.GetUtcNow() >= token.SignedInAt + sessions.FreshFor) return (null, Refusals.SignInTooOld.AsCode());
        return (bearer, null);
    }

    private static IResult NotValid(HttpContext context) => ShownTokens.Refuse(context, Refusals.InvalidToken);
}

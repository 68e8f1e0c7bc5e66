using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Exchange;

/// <summary>What is written when a grant's first tokens are given, in the transaction that spends what was shown for them.</summary>
internal sealed class FirstTokens(Grants grants, RefreshTokens refreshTokens, NamedTokens named)
{
    /// <summary>Binds the grant to the caller's key, where it proved one, and issues a refresh token where the scope gives one.</summary>
    /// <returns>Null where the access token is all there is.</returns>
    public async Task<Secret?> Issue(SqlSession sql, Grant grant, TokenRequest request)
    {
        if (request.Sender is not null) await grants.Bind(sql, grant.Id, request.Sender);
        return Scopes.GivesRefreshToken(grant.Scope, request.Client.IsAuthenticated) ? await refreshTokens.Issue(sql, grant.Id) : null;
    }

    /// <summary>For a code of the popup: its access token is all there is, and it names the person.</summary>
    public async Task<Account> IssueNamed(SqlSession sql, Grant grant, TokenRequest request)
    {
        if (request.Sender is not null) await grants.Bind(sql, grant.Id, request.Sender);
        return await named.Tell(sql, grant);
    }
}

using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Sessions;

/// <summary>A session that has just ended.</summary>
/// <param name="Id">What grants name; null for one from before sessions had names.</param>
/// <param name="Platforms">Who knew it, by client id.</param>
internal sealed record EndedSession(string AccountId, string? Id, IReadOnlyList<string> Platforms);

/// <summary>What ends with a browser's session, in the transaction that ends it: the grants that were to last no longer; and the platforms are to be told.</summary>
internal sealed class SessionEnding(Grants grants, LogoutNotices notices)
{
    public async Task<EndedSession> Over(SqlSession sql, string accountId, string? sessionId)
    {
        if (sessionId is null) return new EndedSession(accountId, null, []);
        await notices.Add(sql, sessionId);
        await grants.RevokeOfSession(sql, sessionId);
        return new EndedSession(accountId, sessionId, await grants.PlatformsOf(sql, sessionId));
    }

    /// <summary>Everything an account opened anywhere is over, grants for when the person is away too.</summary>
    public async Task OverOfAccount(SqlSession sql, string accountId)
    {
        await notices.AddOfAccount(sql, accountId);
        await grants.RevokeOfAccount(sql, accountId);
    }
}

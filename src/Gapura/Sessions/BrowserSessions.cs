using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Sessions;

/// <summary>Keeper of sessions: only hashes of their secrets are stored, and every sign-in makes a new one.</summary>
internal sealed class BrowserSessions(Database database, AccountRegister accounts, BrowserCookies cookies, SessionsOptions options, TimeProvider time) : ISwept
{
    /// <returns>Null when the browser is not signed in, its session is over, or the account is disabled.</returns>
    public async Task<BrowserSession?> Find(HttpContext context, CancellationToken ct)
    {
        if (cookies.Session(context) is not { } secret) return null;
        var row = await database.Read(sql => sql.Row<Row>(
            "SELECT account_id AS AccountId, signed_in_at AS SignedInAt FROM sessions WHERE hash = @hash AND expires_at > @now",
            new { hash = secret.Hash(), now = time.GetUtcNow().ToUnixTimeMilliseconds() }), ct);
        return row is not null && await accounts.Active(row.AccountId, ct) is { } account
            ? new BrowserSession(account, DateTimeOffset.FromUnixTimeMilliseconds(row.SignedInAt))
            : null;
    }

    /// <summary>Whether the person proved themselves lately enough for what a borrowed browser must not do.</summary>
    public bool IsFresh(BrowserSession session) => time.GetUtcNow() < session.SignedInAt + options.FreshFor;

    /// <summary>A new session in the place of whatever the browser held before: an old secret is of no use to whoever planted it.</summary>
    public async Task<Secret> Start(SqlSession sql, string accountId, Secret? before)
    {
        if (before is { } old) await sql.Execute("DELETE FROM sessions WHERE hash = @hash", new { hash = old.Hash() });
        var secret = Secret.New("gps_");
        var now = time.GetUtcNow();
        await sql.Execute("INSERT INTO sessions (hash, account_id, signed_in_at, expires_at) VALUES (@hash, @accountId, @now, @expiresAt)", new
        {
            hash = secret.Hash(), accountId, now = now.ToUnixTimeMilliseconds(), expiresAt = (now + options.SessionLifetime).ToUnixTimeMilliseconds(),
        });
        return secret;
    }

    public Task End(Secret secret, CancellationToken ct) =>
        database.Write(sql => sql.Execute("DELETE FROM sessions WHERE hash = @hash", new { hash = secret.Hash() }), ct);

    /// <summary>Signs an account out of every browser.</summary>
    public Task EndOfAccount(SqlSession sql, string accountId) => sql.Execute("DELETE FROM sessions WHERE account_id = @accountId", new { accountId });

    public Task Sweep(DateTimeOffset now, CancellationToken ct) =>
        database.Write(sql => sql.Execute("DELETE FROM sessions WHERE expires_at < @now", new { now = now.ToUnixTimeMilliseconds() }), ct);

    private sealed class Row
    {
        public string AccountId { get; init; } = "";

        public long SignedInAt { get; init; }
    }
}

using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Sessions;

/// <summary>Keeper of sessions: only hashes of their secrets are stored, and every sign-in makes a new one.</summary>
internal sealed class BrowserSessions(Database database, AccountRegister accounts, BrowserCookies cookies, SessionsOptions options, TimeProvider time) : ISwept
{
    /// <returns>Null when the browser is not signed in, its session is over, the phone that opened it revoked, or the account disabled.</returns>
    public async Task<BrowserSession?> Find(HttpContext context, CancellationToken ct)
    {
        if (cookies.Session(context) is not { } secret) return null;
        var row = await database.Read(sql => sql.Row<Row>(
            """
            SELECT s.account_id AS AccountId, s.signed_in_at AS SignedInAt, s.device_id AS DeviceId, s.id AS Id, s.amr AS Amr FROM sessions s
            WHERE s.hash = @hash AND s.expires_at > @now
              AND (s.device_id IS NULL OR EXISTS (SELECT 1 FROM devices d WHERE d.id = s.device_id AND d.revoked_at IS NULL))
            """,
            new { hash = secret.Hash(), now = time.GetUtcNow().ToUnixTimeMilliseconds() }), ct);
        return row is not null && await accounts.Active(row.AccountId, ct) is { } account
            ? new BrowserSession(account, DateTimeOffset.FromUnixTimeMilliseconds(row.SignedInAt), row.DeviceId, row.Id, row.Methods)
            : null;
    }

    /// <summary>Whether the person proved themselves lately enough for what a borrowed browser must not do.</summary>
    public bool IsFresh(BrowserSession session) => time.GetUtcNow() < session.SignedInAt + options.FreshFor;

    /// <summary>A new session in the place of whatever the browser held before: an old secret is of no use to whoever planted it.</summary>
    /// <param name="deviceId">The phone that signs this browser in; null for a password.</param>
    public async Task<Secret> Start(SqlSession sql, string accountId, Secret? before, string? deviceId = null, DateTimeOffset? signedInAt = null)
    {
        var now = signedInAt ?? time.GetUtcNow();
        var methods = SignInMethods.Of(deviceId);
        var id = PublicId.New(time);
        if (before is { } old)
        {
            var replaced = await sql.Row<Row>("DELETE FROM sessions WHERE hash = @hash RETURNING account_id AS AccountId, signed_in_at AS SignedInAt, device_id AS DeviceId, id AS Id, amr AS Amr", new { hash = old.Hash() });

            // The same person shows a second proof: what was given in the session stays of it, and the two count together.
            if (replaced?.AccountId == accountId)
            {
                id = replaced.Id ?? id;
                if (now < DateTimeOffset.FromUnixTimeMilliseconds(replaced.SignedInAt) + options.FreshFor) methods = SignInMethods.Together(replaced.Methods, methods);
                deviceId ??= methods.Contains(SignInMethods.SoftwareKey) ? replaced.DeviceId : null;
            }
        }

        var secret = Secret.New("gps_");
        await sql.Execute("INSERT INTO sessions (hash, account_id, signed_in_at, expires_at, device_id, id, amr) VALUES (@hash, @accountId, @now, @expiresAt, @deviceId, @id, @amr)", new
        {
            hash = secret.Hash(), accountId, deviceId, id, amr = string.Join(' ', methods), now = now.ToUnixTimeMilliseconds(), expiresAt = (now + options.SessionLifetime).ToUnixTimeMilliseconds(),
        });
        return secret;
    }

    public Task End(Secret secret, CancellationToken ct) =>
        database.Write(sql => sql.Execute("DELETE FROM sessions WHERE hash = @hash", new { hash = secret.Hash() }), ct);

    /// <summary>Signs an account out of every browser.</summary>
    public Task EndOfAccount(SqlSession sql, string accountId) => sql.Execute("DELETE FROM sessions WHERE account_id = @accountId", new { accountId });

    /// <summary>Signs an account out of every browser but one.</summary>
    public Task EndOthersOfAccount(SqlSession sql, string accountId, Secret kept) =>
        sql.Execute("DELETE FROM sessions WHERE account_id = @accountId AND hash <> @hash", new { accountId, hash = kept.Hash() });

    /// <summary>When the browsers that are signed in as this account now, by password, were signed in.</summary>
    public Task<IReadOnlyList<long>> OpenedByPassword(string accountId, CancellationToken ct) => database.Read(sql => sql.Rows<long>(
        "SELECT signed_in_at FROM sessions WHERE account_id = @accountId AND device_id IS NULL AND expires_at > @now", new { accountId, now = time.GetUtcNow().ToUnixTimeMilliseconds() }), ct);

    public Task Sweep(DateTimeOffset now, CancellationToken ct) =>
        database.Write(sql => sql.Execute("DELETE FROM sessions WHERE expires_at < @now", new { now = now.ToUnixTimeMilliseconds() }), ct);

    private sealed class Row
    {
        public string AccountId { get; init; } = "";

        public long SignedInAt { get; init; }

        public string? DeviceId { get; init; }

        public string? Id { get; init; }

        public string Amr { get; init; } = "";

        public IReadOnlyList<string> Methods => Amr.Length > 0 ? Amr.Split(' ') : SignInMethods.Of(DeviceId);
    }
}

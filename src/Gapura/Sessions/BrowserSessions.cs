using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Sessions;

/// <summary>Keeper of sessions: only hashes of their secrets are stored, and every sign-in makes a new one.</summary>
internal sealed class BrowserSessions(Database database, AccountRegister accounts, BrowserCookies cookies, SessionsOptions options, SessionEnding ending, TimeProvider time) : ISwept
{
    private const string Named = "account_id AS AccountId, signed_in_at AS SignedInAt, device_id AS DeviceId, id AS Id, amr AS Amr";

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
            var replaced = await sql.Row<Row>($"DELETE FROM sessions WHERE hash = @hash RETURNING {Named}", new { hash = old.Hash() });

            // The same person shows a second proof: what was given in the session stays of it, and the two count together.
            if (replaced?.AccountId == accountId)
            {
                id = replaced.Id ?? id;
                if (await CountsTogether(sql, replaced, methods, now)) methods = SignInMethods.Together(replaced.Methods, methods);
                deviceId ??= methods.Contains(SignInMethods.SoftwareKey) ? replaced.DeviceId : null;
            }
            else if (replaced is not null)
            {
                await ending.Over(sql, replaced.AccountId, replaced.Id);
            }
        }

        var secret = Secret.New("gps_");
        await sql.Send("INSERT INTO sessions (hash, account_id, signed_in_at, expires_at, device_id, id, amr) VALUES (@hash, @accountId, @now, @expiresAt, @deviceId, @id, @amr)", new
        {
            hash = secret.Hash(), accountId, deviceId, id, amr = string.Join(' ', methods), now = now.ToUnixTimeMilliseconds(), expiresAt = (now + options.SessionLifetime).ToUnixTimeMilliseconds(),
        });
        return secret;
    }

    /// <summary>Ends this browser's session, what was given in it, and tells the platforms.</summary>
    /// <returns>Null when it was over already: of many at once one ends it.</returns>
    public async Task<EndedSession?> End(SqlSession sql, Secret secret) =>
        await sql.Row<Row>($"DELETE FROM sessions WHERE hash = @hash RETURNING {Named}", new { hash = secret.Hash() }) is { } row ? await ending.Over(sql, row.AccountId, row.Id) : null;

    /// <summary>Signs an account out of every browser.</summary>
    public Task EndOfAccount(SqlSession sql, string accountId) => End(sql, "account_id = @accountId", new { accountId });

    /// <summary>Signs an account out of every browser but one.</summary>
    public Task EndOthersOfAccount(SqlSession sql, string accountId, Secret kept) => End(sql, "account_id = @accountId AND hash <> @hash", new { accountId, hash = kept.Hash() });

    /// <summary>Holds a session until the transaction is over: no sign-out comes between what is given in it and its end.</summary>
    /// <returns>False when it is over.</returns>
    public async Task<bool> TryHold(SqlSession sql, BrowserSession session) => session.Id is null
        || await sql.Execute("UPDATE sessions SET expires_at = expires_at WHERE account_id = @accountId AND id = @Id", new { accountId = session.Account.Id, session.Id }) == 1;

    /// <summary>When the browsers that are signed in as this account now, by password, were signed in.</summary>
    public Task<IReadOnlyList<long>> OpenedByPassword(string accountId, CancellationToken ct) => database.Read(sql => sql.Rows<long>(
        "SELECT signed_in_at FROM sessions WHERE account_id = @accountId AND device_id IS NULL AND expires_at > @now", new { accountId, now = time.GetUtcNow().ToUnixTimeMilliseconds() }), ct);

    // Time alone is no sign-out and told to nobody; a phone that was revoked is.
    public async Task Sweep(DateTimeOffset now, CancellationToken ct)
    {
        await database.Sweep("sessions", "hash", "expires_at < @now", new { now = now.ToUnixTimeMilliseconds() }, ct);

        // No session that a phone opened is older than its lifetime.
        await database.Write(sql => End(sql, "device_id IN (SELECT d.id FROM devices d WHERE d.revoked_at > @lately)", new { lately = (now - options.SessionLifetime - TimeSpan.FromDays(1)).ToUnixTimeMilliseconds() }), ct);
    }

    // The other kind of proof, of the last minutes, by a phone that is still theirs. Shown again, a kind counts alone: else a
    // password typed every few minutes would keep a phone's yes of this morning alive.
    private async Task<bool> CountsTogether(SqlSession sql, Row before, IReadOnlyList<string> methods, DateTimeOffset now) =>
        now < DateTimeOffset.FromUnixTimeMilliseconds(before.SignedInAt) + options.FreshFor && !before.Methods.Intersect(methods).Any()
        && (before.DeviceId is null || await sql.Value<long>("SELECT COUNT(*) FROM devices WHERE id = @DeviceId AND revoked_at IS NULL", new { before.DeviceId }) == 1);

    private async Task End(SqlSession sql, string which, object named)
    {
        foreach (var row in await sql.Rows<Row>($"DELETE FROM sessions WHERE {which} RETURNING {Named}", named)) await ending.Over(sql, row.AccountId, row.Id);
    }

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

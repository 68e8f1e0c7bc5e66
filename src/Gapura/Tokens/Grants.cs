using Gapura.Platforms;
using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Keeper of grants.</summary>
internal sealed class Grants(Database database, TimeProvider time) : ISwept
{
    // A grant without a refresh token is over when its last access token is; a day more, for clocks and questions.
    private static readonly TimeSpan KeptAfterLastUse = TimeSpan.FromDays(1);

    // Admission, said to the database: what a row says of the account and the platform at this moment.
    private const string Insert = $"""
        INSERT INTO grants (id, account_id, client_id, device_id, door, granted_at, scope, claims, sender, session_id, signed_in_at)
        SELECT @Id, a.id, p.client_id, @DeviceId, @door, @grantedAt, @Scope, @Claims, @sender, @SessionId, @signedInAt FROM accounts a, platforms p
        WHERE a.id = @AccountId AND a.test = @test AND p.client_id = @ClientId
          AND (p.client_id = '{PlatformRegister.OwnClientId}' OR (a.test = 1) = (' ' || p.policies || ' ' LIKE '% {PlatformPolicies.Sandbox} %'))
        """;
    private DateTimeOffset _sweptUntil = DateTimeOffset.MinValue;

    /// <param name="isTest">Whether the account is a test person's.</param>
    /// <exception cref="NotAdmittedException">Test people and others do not mix: the last word on that, for a door that did not ask or asked a moment too early. From here or from whatever follows in the work.</exception>
    public async Task Add(SqlSession sql, Grant grant, bool isTest = false)
    {
        // A test person's sign-in holds the platform: its promotion sees this grant and ends it, or is seen here.
        if (isTest) await sql.Send("UPDATE platforms SET client_id = client_id WHERE client_id = @ClientId", new { grant.ClientId });
        await sql.Require(Insert, new
        {
            grant.Id, grant.AccountId, grant.ClientId, grant.DeviceId, door = grant.Door.ToString(), grantedAt = grant.GrantedAt.ToUnixTimeMilliseconds(), grant.Scope, grant.Claims, sender = grant.Sender?.ToString(), grant.SessionId, signedInAt = grant.SignedInAt?.ToUnixTimeMilliseconds(),
            test = isTest ? 1L : 0L,
        }, () => new NotAdmittedException(grant));
    }

    /// <summary>The grant as long as it stands: not revoked, its account not disabled.</summary>
    public async Task<Grant?> Standing(string? id, CancellationToken ct) => id is null ? null : await database.Read(sql => Standing(sql, id), ct);

    public async Task<Grant?> Standing(SqlSession sql, string id) => (await sql.Row<GrantRow>(
        $"SELECT {GrantRow.Columns} FROM grants g JOIN accounts a ON a.id = g.account_id WHERE g.id = @id AND {GrantRow.Stands}", new { id }))?.Grant();

    /// <summary>Whom a grant is of, as long as it stands: the little that <c>/oauth/introspect</c> asks for each token it is shown.</summary>
    public Task<GrantHolder?> Holder(string id, CancellationToken ct) => database.Read(sql => sql.Row<GrantHolder>(
        $"SELECT a.id AS AccountId, a.username AS Username, a.npwp AS Npwp, g.door AS Door FROM grants g JOIN accounts a ON a.id = g.account_id WHERE g.id = @id AND {GrantRow.Stands}", new { id }), ct);

    /// <summary>From now on its tokens are bound to this key.</summary>
    public Task Bind(SqlSession sql, string id, SenderKey sender) => sql.Send("UPDATE grants SET sender = @sender WHERE id = @id", new { id, sender = sender.ToString() });

    public Task Revoke(SqlSession sql, string id) => Revoke(sql, "id", id);

    public Task RevokeOfDevice(SqlSession sql, string deviceId) => Revoke(sql, "device_id", deviceId);

    public Task RevokeOfAccount(SqlSession sql, string accountId) => Revoke(sql, "account_id", accountId);

    /// <summary>
    /// Ends what was given in a browser's session and was to last no longer. Who agreed to <c>offline_access</c> wanted more
    /// (OpenID Connect Back-Channel Logout 1.0 section 2.7); a grant without <c>openid</c> knows no session.
    /// </summary>
    public Task RevokeOfSession(SqlSession sql, string sessionId) => sql.Send(
        "UPDATE grants SET revoked_at = @now WHERE session_id = @sessionId AND revoked_at IS NULL AND ' ' || scope || ' ' LIKE '% openid %' AND ' ' || scope || ' ' NOT LIKE '% offline_access %'",
        new { sessionId, now = time.GetUtcNow().ToUnixTimeMilliseconds() });

    /// <summary>The platforms that know a browser's session by an ID token, by client id.</summary>
    public Task<IReadOnlyList<string>> PlatformsOf(SqlSession sql, string sessionId) => sql.Rows<string>(
        "SELECT DISTINCT client_id FROM grants WHERE session_id = @sessionId AND ' ' || scope || ' ' LIKE '% openid %' ORDER BY client_id", new { sessionId });

    /// <summary>Ends everything an account has open at one platform, whatever the door.</summary>
    /// <returns>What was ended.</returns>
    public async Task<IReadOnlyList<Grant>> RevokeAt(SqlSession sql, string accountId, string clientId) => [.. (await sql.Rows<GrantRow>("""
        UPDATE grants SET revoked_at = @now WHERE account_id = @accountId AND client_id = @clientId AND revoked_at IS NULL
        RETURNING id AS Id, account_id AS AccountId, client_id AS ClientId, device_id AS DeviceId, door AS Door, granted_at AS GrantedAt, scope AS Scope,
                  claims AS Claims, sender AS Sender, session_id AS SessionId
        """, new { accountId, clientId, now = time.GetUtcNow().ToUnixTimeMilliseconds() })).Select(r => r.Grant())];

    /// <summary>Ends everything that anybody has open at a platform.</summary>
    /// <returns>How many.</returns>
    public Task<int> RevokeOfPlatform(SqlSession sql, string clientId) => sql.Execute(
        "UPDATE grants SET revoked_at = @now WHERE client_id = @clientId AND revoked_at IS NULL", new { clientId, now = time.GetUtcNow().ToUnixTimeMilliseconds() });

    /// <summary>Ends everything that anybody has open anywhere.</summary>
    /// <returns>How many.</returns>
    public Task<int> RevokeAll(SqlSession sql) => sql.Execute("UPDATE grants SET revoked_at = @now WHERE revoked_at IS NULL", new { now = time.GetUtcNow().ToUnixTimeMilliseconds() });

    /// <summary>Those that never had a refresh token, a day old. Looks at what became old since the last time, not at everything there ever was.</summary>
    public async Task Sweep(DateTimeOffset now, CancellationToken ct)
    {
        var (from, old) = (_sweptUntil, now - KeptAfterLastUse);
        await database.Sweep("grants", "id",
            "granted_at > @from AND granted_at < @old AND NOT EXISTS (SELECT 1 FROM refresh_tokens r WHERE r.grant_id = grants.id)",
            new { from = from.ToUnixTimeMilliseconds(), old = old.ToUnixTimeMilliseconds() }, ct);

        // An hour again: a transaction may commit after the instant it carries.
        _sweptUntil = old - TimeSpan.FromHours(1);
    }

    /// <summary>Forgets one whose last refresh token has just gone.</summary>
    public Task ForgetWhenOver(SqlSession sql, string id) => sql.Execute(
        "DELETE FROM grants WHERE id = @id AND granted_at < @old AND NOT EXISTS (SELECT 1 FROM refresh_tokens r WHERE r.grant_id = grants.id)",
        new { id, old = (time.GetUtcNow() - KeptAfterLastUse).ToUnixTimeMilliseconds() });

    private Task Revoke(SqlSession sql, string column, string value) => sql.Send(
        $"UPDATE grants SET revoked_at = @now WHERE {column} = @value AND revoked_at IS NULL", new { value, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
}

/// <summary>Test people and others do not mix, and no door asked in time.</summary>
internal sealed class NotAdmittedException(Grant grant) : Exception($"Account {grant.AccountId} is not of the kind that platform {grant.ClientId} takes.");

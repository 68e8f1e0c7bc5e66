using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>
/// Keeper of refresh tokens: 256 bits, stored as SHA-256, each good for one rotation. The successor is computed from the
/// token itself under a key of ours (HMAC), so that a client whose answer got lost can be given the same one again
/// although only hashes are stored.
/// </summary>
internal sealed class RefreshTokens(Database database, Grants grants, MasterKey master, TokenOptions options, TimeProvider time) : ISwept
{
    private const string Prefix = "gpr_";
    private readonly byte[] _successorKey = master.Derive("refresh token successor");

    /// <summary>The first of a chain.</summary>
    public async Task<Secret> Issue(SqlSession sql, string grantId)
    {
        var token = Secret.New(Prefix);
        await Add(sql, token, grantId);
        return token;
    }

    /// <summary>Trades a token for its successor, or prolongs it where its holder keeps it. A token that was traded before the last one ends the whole grant.</summary>
    /// <returns>Null when the token is unknown, expired, another client's, of an ended grant, or reused.</returns>
    public async Task<(Grant Grant, Secret Successor)?> Rotate(Secret token, Renewer renewer, CancellationToken ct)
    {
        var (hash, now) = (token.Hash(), time.GetUtcNow());
        if (await database.Read(sql => Standing(sql, hash), ct) is not { } found || found.ExpiresAt <= now.ToUnixTimeMilliseconds()) return null;
        var grant = found.Grant();
        if (!renewer.Fits(grant)) return null;
        var newKey = renewer.IsNewKey(grant) ? renewer.Sender : null;
        if (newKey is not null) grant = grant with { Sender = newKey };
        var next = renewer.KeepsToken && grant.Sender is not null ? token : Successor(token);
        if (found.SpentAt is null && await TryTrade(token, next, grant.Id, newKey, ct)) return (grant, next);
        return await AfterLoss(hash, Successor(token), grant, newKey, ct);
    }

    /// <summary>Ends the grant a token belongs to (RFC 7009).</summary>
    /// <param name="clientId">Whose it must be; null for anybody's: the token alone speaks.</param>
    /// <returns>False when the token is unknown or another client's.</returns>
    public Task<bool> Revoke(Secret token, string? clientId, CancellationToken ct) => database.Write(async sql =>
    {
        var grantId = await sql.Value<string>(
            "SELECT g.id FROM refresh_tokens r JOIN grants g ON g.id = r.grant_id WHERE r.hash = @hash AND g.client_id = COALESCE(@clientId, g.client_id)",
            new { hash = token.Hash(), clientId });
        if (grantId is not null) await grants.Revoke(sql, grantId);
        return grantId is not null;
    }, ct);

    /// <summary>The grant and expiry of a token that could be traded now.</summary>
    public async Task<(Grant Grant, DateTimeOffset ExpiresAt)?> Find(Secret token, CancellationToken ct) =>
        await database.Read(sql => Standing(sql, token.Hash()), ct) is { SpentAt: null } found && found.ExpiresAt > time.GetUtcNow().ToUnixTimeMilliseconds()
            ? (found.Grant(), DateTimeOffset.FromUnixTimeMilliseconds(found.ExpiresAt)) : null;

    /// <summary>
    /// The grant of a token that is shown and not traded. One that was traded, longer ago than a lost answer explains, ends
    /// its grant as it does in <see cref="Rotate"/>: two hold it.
    /// </summary>
    /// <param name="fits">Which grants may be asked about so.</param>
    public async Task<Grant?> Shown(Secret token, Func<Grant, bool> fits, CancellationToken ct)
    {
        var (hash, now) = (token.Hash(), time.GetUtcNow());
        if (await database.Read(sql => Standing(sql, hash), ct) is not { } found || found.ExpiresAt <= now.ToUnixTimeMilliseconds()) return null;
        var grant = found.Grant();
        if (!fits(grant)) return null;
        if (found.SpentAt is not { } spent) return grant;
        if (spent <= (now - options.RefreshGrace).ToUnixTimeMilliseconds()) await database.Write(sql => grants.Revoke(sql, grant.Id), ct);
        return null;
    }

    /// <summary>Which grants of an account still open something: they stand, and a token made of them is or can be had.</summary>
    public Task<IReadOnlyList<string>> OpenGrants(string accountId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return database.Read(sql => sql.Rows<string>("""
            SELECT g.id FROM grants g JOIN accounts a ON a.id = g.account_id
            WHERE g.account_id = @accountId AND g.revoked_at IS NULL AND a.disabled_at IS NULL
              AND (g.granted_at > @lately OR EXISTS (SELECT 1 FROM refresh_tokens r WHERE r.grant_id = g.id AND r.spent_at IS NULL AND r.expires_at > @now))
            """, new { accountId, now = now.ToUnixTimeMilliseconds(), lately = (now - options.AccessTokenLifetime).ToUnixTimeMilliseconds() }), ct);
    }

    /// <summary>Those whose time is over, a few at a time, and the grants that end with them.</summary>
    public async Task Sweep(DateTimeOffset now, CancellationToken ct)
    {
        const int AtOnce = 500;
        while (await database.Write(Few, ct) == AtOnce) ct.ThrowIfCancellationRequested();

        async Task<int> Few(SqlSession sql)
        {
            var over = await sql.Rows<string>($"DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens WHERE expires_at < @now LIMIT {AtOnce}) RETURNING grant_id", new { now = now.ToUnixTimeMilliseconds() });
            foreach (var grantId in over.Distinct(StringComparer.Ordinal)) await grants.ForgetWhenOver(sql, grantId);
            return over.Count;
        }
    }

    // Spent or not, expired or not, of a grant that stands.
    private static Task<Row?> Standing(SqlSession sql, byte[] hash) => sql.Row<Row>($"""
        SELECT r.expires_at AS ExpiresAt, r.spent_at AS SpentAt, {GrantRow.Columns}
        FROM refresh_tokens r JOIN grants g ON g.id = r.grant_id JOIN accounts a ON a.id = g.account_id
        WHERE r.hash = @hash AND {GrantRow.Stands}
        """, new { hash });

    // All or nothing, and nothing when somebody traded it a moment ago.
    private async Task<bool> TryTrade(Secret token, Secret next, string grantId, SenderKey? newKey, CancellationToken ct)
    {
        try
        {
            await database.Write(async sql =>
            {
                if (newKey is not null) await grants.Bind(sql, grantId, newKey);
                await Use(sql, token, isKept: next == token);
                if (next != token) await Add(sql, next, grantId);
            }, ct);
            return true;
        }
        catch (OvertakenException)
        {
            return false;
        }
    }

    // Spent before. Its owner's answer may have got lost: the immediate predecessor gets the same successor for a moment.
    private Task<(Grant, Secret)?> AfterLoss(byte[] hash, Secret successor, Grant grant, SenderKey? newKey, CancellationToken ct) => database.Write(async sql =>
    {
        var isGraceful = await IsGraceful(sql, hash, successor, time.GetUtcNow());
        if (!isGraceful) await grants.Revoke(sql, grant.Id);
        else if (newKey is not null) await grants.Bind(sql, grant.Id, newKey);
        return isGraceful ? (grant, successor) : ((Grant, Secret)?)null;
    }, ct);

    private async Task<bool> IsGraceful(SqlSession sql, byte[] hash, Secret successor, DateTimeOffset now) => await sql.Value<long>("""
        SELECT COUNT(*) FROM refresh_tokens old, refresh_tokens new
        WHERE old.hash = @hash AND old.spent_at > @earliest AND new.hash = @next AND new.spent_at IS NULL
        """, new { hash, next = successor.Hash(), earliest = (now - options.RefreshGrace).ToUnixTimeMilliseconds() }) == 1;

    private Task Use(SqlSession sql, Secret token, bool isKept)
    {
        var (hash, now) = (token.Hash(), time.GetUtcNow());
        return isKept
            ? sql.Require("UPDATE refresh_tokens SET expires_at = @until WHERE hash = @hash AND spent_at IS NULL", new { hash, until = (now + options.RefreshTokenLifetime).ToUnixTimeMilliseconds() }, Overtaken)
            : sql.Require("UPDATE refresh_tokens SET spent_at = @now WHERE hash = @hash AND spent_at IS NULL", new { hash, now = now.ToUnixTimeMilliseconds() }, Overtaken);

        static OvertakenException Overtaken() => new(Refusals.InvalidGrant);
    }

    private Task Add(SqlSession sql, Secret token, string grantId)
    {
        var now = time.GetUtcNow();

        // Twice only where a token is traded twice at once: the statement before this one undoes the second.
        return sql.Send("INSERT INTO refresh_tokens (hash, grant_id, issued_at, expires_at) VALUES (@hash, @grantId, @now, @expiresAt) ON CONFLICT (hash) DO NOTHING",
            new { hash = token.Hash(), grantId, now = now.ToUnixTimeMilliseconds(), expiresAt = (now + options.RefreshTokenLifetime).ToUnixTimeMilliseconds() });
    }

    private Secret Successor(Secret token) =>
        new(Prefix + Base64Url.EncodeToString(HMACSHA256.HashData(_successorKey, Encoding.UTF8.GetBytes(token.Reveal()))));

    private sealed class Row : GrantRow
    {
        public long ExpiresAt { get; init; }

        public long? SpentAt { get; init; }
    }
}

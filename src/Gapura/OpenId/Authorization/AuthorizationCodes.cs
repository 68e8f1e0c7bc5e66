using Gapura.Kernel;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Authorization;

/// <summary>What a code stands for.</summary>
internal sealed record AuthorizationCode
{
    public required string GrantId { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>base64url(SHA-256(code_verifier)); null when a platform that keeps a secret sent none.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>Thumbprint of the one key that may redeem it (RFC 9449 section 10); null for any.</summary>
    public string? DpopKey { get; init; }

    public string? Nonce { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>How the person proved to be there (RFC 8176), and how strong we call that.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    public required string Context { get; init; }
}

/// <summary>Keeper of authorization codes: 256 bits, stored as SHA-256, spent once. A second use ends the grant (RFC 6749 section 4.1.2).</summary>
internal sealed class AuthorizationCodes(Database database, Grants grants, TimeProvider time) : ISwept
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public async Task<Secret> Issue(SqlSession sql, AuthorizationCode code)
    {
        var secret = Secret.New("gpc_");
        await sql.Execute("""
            INSERT INTO authorization_codes (hash, grant_id, redirect_uri, code_challenge, dpop_jkt, nonce, signed_in_at, amr, acr, expires_at)
            VALUES (@hash, @GrantId, @RedirectUri, @CodeChallenge, @DpopKey, @Nonce, @signedInAt, @amr, @Context, @expiresAt)
            """, new
        {
            hash = secret.Hash(), code.GrantId, code.RedirectUri, code.CodeChallenge, code.DpopKey, code.Nonce, code.Context, signedInAt = code.SignedInAt.ToUnixTimeMilliseconds(),
            amr = string.Join(' ', code.Methods), expiresAt = (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds(),
        });
        return secret;
    }

    /// <summary>
    /// Spends a code for the client, address and verifier it belongs to. Whatever is wrong, the code is spent: a thief has
    /// one try, and it costs the thief's loot.
    /// </summary>
    /// <param name="redeemer">What the client showed beside the code.</param>
    /// <param name="issue">What is written in the same transaction, so that a code is never spent for nothing.</param>
    /// <returns>Null when it is unknown, expired, spent, another client's, or its verifier or address is wrong.</returns>
    public Task<(AuthorizationCode Code, Grant Grant, T Issued)?> Spend<T>(Secret secret, Redeemer redeemer, Func<SqlSession, Grant, Task<T>> issue, CancellationToken ct) => database.Write(async sql =>
    {
        var (hash, now) = (secret.Hash(), time.GetUtcNow().ToUnixTimeMilliseconds());
        var row = await sql.Row<Row>("""
            UPDATE authorization_codes SET spent_at = @now WHERE hash = @hash AND spent_at IS NULL
            RETURNING grant_id AS GrantId, redirect_uri AS RedirectUri, code_challenge AS CodeChallenge, dpop_jkt AS DpopKey, nonce AS Nonce,
                      signed_in_at AS SignedInAt, amr AS Amr, acr AS Acr, expires_at AS ExpiresAt
            """, new { hash, now });
        if (row is null)
        {
            if (await sql.Value<string>("SELECT grant_id FROM authorization_codes WHERE hash = @hash", new { hash }) is { } reused) await grants.Revoke(sql, reused);
            return null;
        }

        var code = row.Code();
        if (row.ExpiresAt <= now || !redeemer.Fits(code) || await grants.Standing(sql, code.GrantId) is not { } grant || grant.ClientId != redeemer.ClientId)
        {
            await grants.Revoke(sql, code.GrantId);
            return null;
        }

        return ((AuthorizationCode, Grant, T)?)(code, grant, await issue(sql, grant));
    }, ct);

    public Task Sweep(DateTimeOffset now, CancellationToken ct) => database.Write(
        sql => sql.Execute("DELETE FROM authorization_codes WHERE expires_at < @old", new { old = (now - Remembered).ToUnixTimeMilliseconds() }), ct);

    private sealed class Row
    {
        public string GrantId { get; init; } = "";

        public string RedirectUri { get; init; } = "";

        public string? CodeChallenge { get; init; }

        public string? DpopKey { get; init; }

        public string? Nonce { get; init; }

        public long SignedInAt { get; init; }

        public string Amr { get; init; } = "";

        public string Acr { get; init; } = "";

        public long ExpiresAt { get; init; }

        public AuthorizationCode Code() => new()
        {
            GrantId = GrantId, RedirectUri = RedirectUri, CodeChallenge = CodeChallenge, DpopKey = DpopKey, Nonce = Nonce, SignedInAt = DateTimeOffset.FromUnixTimeMilliseconds(SignedInAt),
            Methods = Amr.Split(' '), Context = Acr,
        };
    }
}

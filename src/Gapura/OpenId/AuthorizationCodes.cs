using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId;

/// <summary>What a code stands for.</summary>
/// <param name="Methods">How the person proved to be there (RFC 8176).</param>
internal sealed record AuthorizationCode(string GrantId, string RedirectUri, string CodeChallenge, string? Nonce, DateTimeOffset SignedInAt, IReadOnlyList<string> Methods);

/// <summary>Keeper of authorization codes: 256 bits, stored as SHA-256, spent once. A second use ends the grant (RFC 6749 section 4.1.2).</summary>
internal sealed class AuthorizationCodes(Database database, Grants grants, TimeProvider time) : ISwept
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public async Task<Secret> Issue(SqlSession sql, AuthorizationCode code)
    {
        var secret = Secret.New("gpc_");
        await sql.Execute("""
            INSERT INTO authorization_codes (hash, grant_id, redirect_uri, code_challenge, nonce, signed_in_at, amr, expires_at)
            VALUES (@hash, @GrantId, @RedirectUri, @CodeChallenge, @Nonce, @signedInAt, @amr, @expiresAt)
            """, new
        {
            hash = secret.Hash(), code.GrantId, code.RedirectUri, code.CodeChallenge, code.Nonce, signedInAt = code.SignedInAt.ToUnixTimeMilliseconds(),
            amr = string.Join(' ', code.Methods), expiresAt = (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds(),
        });
        return secret;
    }

    /// <summary>
    /// Spends a code for the client, address and verifier it belongs to. Whatever is wrong, the code is spent: a thief has
    /// one try, and it costs the thief's loot.
    /// </summary>
    /// <param name="issue">What is written in the same transaction, so that a code is never spent for nothing.</param>
    /// <returns>Null when it is unknown, expired, spent, another client's, or its verifier or address is wrong.</returns>
    public Task<(AuthorizationCode Code, Grant Grant, T Issued)?> Spend<T>(Secret secret, string clientId, string redirectUri, string verifier, Func<SqlSession, Grant, Task<T>> issue, CancellationToken ct) => database.Write(async sql =>
    {
        var (hash, now) = (secret.Hash(), time.GetUtcNow().ToUnixTimeMilliseconds());
        var row = await sql.Row<Row>("""
            UPDATE authorization_codes SET spent_at = @now WHERE hash = @hash AND spent_at IS NULL
            RETURNING grant_id AS GrantId, redirect_uri AS RedirectUri, code_challenge AS CodeChallenge, nonce AS Nonce, signed_in_at AS SignedInAt, amr AS Amr, expires_at AS ExpiresAt
            """, new { hash, now });
        if (row is null)
        {
            if (await sql.Value<string>("SELECT grant_id FROM authorization_codes WHERE hash = @hash", new { hash }) is { } reused) await grants.Revoke(sql, reused);
            return null;
        }

        var code = row.Code();
        if (row.ExpiresAt <= now || code.RedirectUri != redirectUri || !Fits(verifier, code.CodeChallenge) || await grants.Standing(sql, code.GrantId) is not { } grant || grant.ClientId != clientId)
        {
            await grants.Revoke(sql, code.GrantId);
            return null;
        }

        return ((AuthorizationCode, Grant, T)?)(code, grant, await issue(sql, grant));
    }, ct);

    public Task Sweep(DateTimeOffset now, CancellationToken ct) => database.Write(
        sql => sql.Execute("DELETE FROM authorization_codes WHERE expires_at < @old", new { old = (now - Remembered).ToUnixTimeMilliseconds() }), ct);

    /// <summary>RFC 7636 section 4.6: 43 to 128 of <c>A-Z a-z 0-9 - . _ ~</c>.</summary>
    private static bool Fits(string verifier, string challenge) =>
        verifier.Length is >= 43 and <= 128 && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), Encoding.ASCII.GetBytes(challenge));

    private sealed class Row
    {
        public string GrantId { get; init; } = "";

        public string RedirectUri { get; init; } = "";

        public string CodeChallenge { get; init; } = "";

        public string? Nonce { get; init; }

        public long SignedInAt { get; init; }

        public string Amr { get; init; } = "";

        public long ExpiresAt { get; init; }

        public AuthorizationCode Code() => new(GrantId, RedirectUri, CodeChallenge, Nonce, DateTimeOffset.FromUnixTimeMilliseconds(SignedInAt), Amr.Split(' '));
    }
}

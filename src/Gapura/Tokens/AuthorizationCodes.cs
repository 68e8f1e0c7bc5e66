using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Keeper of authorization codes: 256 bits, stored as SHA-256, spent once. A second use ends the grant (RFC 6749 section 4.1.2).</summary>
internal sealed class AuthorizationCodes(Database database, Grants grants, PlatformRegister platforms, TimeProvider time) : ISwept
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    // A code that a message carries says so itself: whoever redeems it names no address, and of every other code must.
    private const string OfAddress = "gpc_";
    private const string OfMessage = "gpm_";

    public static bool NamesNoAddress(Secret code) => code.Reveal().StartsWith(OfMessage, StringComparison.Ordinal);

    public async Task<Secret> Issue(SqlSession sql, AuthorizationCode code)
    {
        var secret = Secret.New(code.RedirectUri is null ? OfMessage : OfAddress);
        await sql.Send("""
            INSERT INTO authorization_codes (hash, grant_id, holder, redirect_uri, code_challenge, dpop_jkt, nonce, signed_in_at, amr, acr, expires_at)
            VALUES (@hash, @GrantId, @holder, @RedirectUri, @CodeChallenge, @DpopKey, @Nonce, @signedInAt, @amr, @Context, @expiresAt)
            """, new
        {
            hash = secret.Hash(), code.GrantId, holder = code.Holder.ToString(), code.RedirectUri, code.CodeChallenge, code.DpopKey, code.Nonce, code.Context, signedInAt = code.SignedInAt.ToUnixTimeMilliseconds(),
            amr = string.Join(' ', code.Methods), expiresAt = (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds(),
        });
        return secret;
    }

    /// <summary>
    /// Spends a code for whoever it belongs to, with its address and verifier. Whatever is wrong, the code is spent: a thief has
    /// one try, and it costs the thief's loot.
    /// </summary>
    /// <param name="redeemer">Who brings it, and what they show beside it.</param>
    /// <param name="issue">What is written in the same transaction, so that a code is never spent for nothing.</param>
    /// <returns>Null when it is unknown, expired, spent, somebody else's, or its verifier or address is wrong; also when its account or platform is no longer active.</returns>
    public async Task<(AuthorizationCode Code, Grant Grant, T Issued)?> Spend<T>(Secret secret, Redeemer redeemer, Func<SqlSession, AuthorizationCode, Grant, Task<T>> issue, CancellationToken ct)
    {
        var (hash, now) = (secret.Hash(), time.GetUtcNow().ToUnixTimeMilliseconds());
        if (await database.Read(sql => Unspent(sql, hash, now), ct) is { } row && row.Code() is var code && row.Grant() is var grant && platforms.Active(grant.ClientId) is { } platform && redeemer.Fits(code, platform))
        {
            try
            {
                return (code, grant, await database.Write(async sql =>
                {
                    await sql.Require("UPDATE authorization_codes SET spent_at = @now WHERE hash = @hash AND spent_at IS NULL", new { hash, now }, () => new OvertakenException(Refusals.InvalidGrant));
                    return await issue(sql, code, grant);
                }, ct));
            }
            catch (OvertakenException)
            {
                // Shown twice at once: two hold it.
            }
        }

        await database.Write(async sql =>
        {
            if (await sql.Value<string>("UPDATE authorization_codes SET spent_at = COALESCE(spent_at, @now) WHERE hash = @hash RETURNING grant_id", new { hash, now }) is { } loot) await grants.Revoke(sql, loot);
        }, ct);
        return null;
    }

    public Task Sweep(DateTimeOffset now, CancellationToken ct) => database.Sweep("authorization_codes", "hash", "expires_at < @old", new { old = (now - Remembered).ToUnixTimeMilliseconds() }, ct);

    // Of a grant that stands.
    private static Task<Row?> Unspent(SqlSession sql, byte[] hash, long now) => sql.Row<Row>($"""
        SELECT c.holder AS Holder, c.redirect_uri AS RedirectUri, c.code_challenge AS CodeChallenge, c.dpop_jkt AS DpopKey, c.nonce AS Nonce,
               c.signed_in_at AS AuthenticatedAt, c.amr AS Amr, c.acr AS Acr, {GrantRow.Columns}
        FROM authorization_codes c JOIN grants g ON g.id = c.grant_id JOIN accounts a ON a.id = g.account_id
        WHERE c.hash = @hash AND c.spent_at IS NULL AND c.expires_at > @now AND {GrantRow.Stands}
        """, new { hash, now });

    private sealed class Row : GrantRow
    {
        public string Holder { get; init; } = "";

        public string? RedirectUri { get; init; }

        public string? CodeChallenge { get; init; }

        public string? DpopKey { get; init; }

        public string? Nonce { get; init; }

        public long AuthenticatedAt { get; init; }

        public string Amr { get; init; } = "";

        public string Acr { get; init; } = "";

        public AuthorizationCode Code() => new()
        {
            GrantId = Id, Holder = Enum.Parse<CodeHolder>(Holder), RedirectUri = RedirectUri, CodeChallenge = CodeChallenge, DpopKey = DpopKey, Nonce = Nonce, SignedInAt = DateTimeOffset.FromUnixTimeMilliseconds(AuthenticatedAt),
            Methods = Amr.Split(' '), Context = Acr,
        };
    }
}

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
    public Task<(AuthorizationCode Code, Grant Grant, T Issued)?> Spend<T>(Secret secret, Redeemer redeemer, Func<SqlSession, AuthorizationCode, Grant, Task<T>> issue, CancellationToken ct) => database.Write(async sql =>
    {
        var (hash, now) = (secret.Hash(), time.GetUtcNow().ToUnixTimeMilliseconds());
        var row = await sql.Row<Row>("""
            UPDATE authorization_codes SET spent_at = @now WHERE hash = @hash AND spent_at IS NULL
            RETURNING grant_id AS GrantId, holder AS Holder, redirect_uri AS RedirectUri, code_challenge AS CodeChallenge, dpop_jkt AS DpopKey, nonce AS Nonce,
                      signed_in_at AS SignedInAt, amr AS Amr, acr AS Acr, expires_at AS ExpiresAt
            """, new { hash, now });
        if (row is null)
        {
            if (await sql.Value<string>("SELECT grant_id FROM authorization_codes WHERE hash = @hash", new { hash }) is { } reused) await grants.Revoke(sql, reused);
            return null;
        }

        var code = row.Code();
        if (row.ExpiresAt <= now || await grants.Standing(sql, code.GrantId) is not { } grant || platforms.Active(grant.ClientId) is not { } platform || !redeemer.Fits(code, platform))
        {
            await grants.Revoke(sql, code.GrantId);
            return null;
        }

        return ((AuthorizationCode, Grant, T)?)(code, grant, await issue(sql, code, grant));
    }, ct);

    public Task Sweep(DateTimeOffset now, CancellationToken ct) => database.Sweep("authorization_codes", "hash", "expires_at < @old", new { old = (now - Remembered).ToUnixTimeMilliseconds() }, ct);

    private sealed class Row
    {
        public string GrantId { get; init; } = "";

        public string Holder { get; init; } = "";

        public string? RedirectUri { get; init; }

        public string? CodeChallenge { get; init; }

        public string? DpopKey { get; init; }

        public string? Nonce { get; init; }

        public long SignedInAt { get; init; }

        public string Amr { get; init; } = "";

        public string Acr { get; init; } = "";

        public long ExpiresAt { get; init; }

        public AuthorizationCode Code() => new()
        {
            GrantId = GrantId, Holder = Enum.Parse<CodeHolder>(Holder), RedirectUri = RedirectUri, CodeChallenge = CodeChallenge, DpopKey = DpopKey, Nonce = Nonce, SignedInAt = DateTimeOffset.FromUnixTimeMilliseconds(SignedInAt),
            Methods = Amr.Split(' '), Context = Acr,
        };
    }
}

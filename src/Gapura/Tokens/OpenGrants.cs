using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>A grant that still opens something.</summary>
/// <param name="Scope">What it was given for, separated by spaces; empty at the two doors.</param>
/// <param name="IsRenewable">A refresh token of it lives: it opens something for longer than one access token.</param>
internal sealed record OpenGrant(string ClientId, Door Door, string Scope, DateTimeOffset GrantedAt, bool IsRenewable);

/// <summary>Where an account is signed in now: grants that stand, and of which a token is or can be had.</summary>
internal sealed class OpenGrants(Database database, TokenOptions options, TimeProvider time)
{
    public async Task<IReadOnlyList<OpenGrant>> Of(string accountId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await database.Read(sql => sql.Rows<Row>("""
            SELECT ClientId, Door, Scope, GrantedAt, Live FROM (
                SELECT g.client_id AS ClientId, g.door AS Door, g.scope AS Scope, g.granted_at AS GrantedAt,
                       (SELECT COUNT(*) FROM refresh_tokens r WHERE r.grant_id = g.id AND r.spent_at IS NULL AND r.expires_at > @now) AS Live
                FROM grants g JOIN accounts a ON a.id = g.account_id
                WHERE g.account_id = @accountId AND g.revoked_at IS NULL AND a.disabled_at IS NULL) standing
            WHERE GrantedAt > @lately OR Live > 0
            """, new { accountId, now = now.ToUnixTimeMilliseconds(), lately = (now - options.AccessTokenLifetime).ToUnixTimeMilliseconds() }), ct);
        return [.. rows.Select(r => new OpenGrant(r.ClientId, Enum.Parse<Door>(r.Door), r.Scope, DateTimeOffset.FromUnixTimeMilliseconds(r.GrantedAt), r.Live > 0))];
    }

    private sealed class Row
    {
        public string ClientId { get; init; } = "";

        public string Door { get; init; } = "";

        public string Scope { get; init; } = "";

        public long GrantedAt { get; init; }

        public long Live { get; init; }
    }
}

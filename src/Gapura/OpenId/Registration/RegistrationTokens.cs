using System.Security.Cryptography;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.OpenId.Registration;

/// <summary>Keeper of initial access tokens (RFC 7591 section 3): what an operator hands to whoever may register platforms by program.</summary>
internal sealed class RegistrationTokens(Database database, TimeProvider time) : ISwept
{
    /// <summary>Secret scanners find it; it opens one door only.</summary>
    public const string Prefix = "gpi_";

    // Long enough to answer what became of it.
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);

    private const string Live = "revoked_at IS NULL AND expires_at > @now AND uses_left > 0";

    /// <returns>The token, to be shown once.</returns>
    public async Task<(RegistrationToken Stored, Secret Token)> Issue(string company, int uses, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var token = Secret.New(Prefix);
        var stored = new RegistrationToken(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), company, uses, time.GetUtcNow(), expiresAt, null);
        await database.Write(sql => sql.Execute("INSERT INTO registration_tokens (id, hash, company, uses_left, issued_at, expires_at) VALUES (@Id, @hash, @company, @uses, @now, @expires)",
            new { stored.Id, hash = token.Hash(), company, uses = (long)uses, now = Now, expires = expiresAt.ToUnixTimeMilliseconds() }), ct);
        return (stored, token);
    }

    /// <summary>Whether it could be used now: before anything of its request is looked at.</summary>
    public Task<bool> IsLive(Secret token, CancellationToken ct) => database.Read(async sql =>
        await sql.Value<long>($"SELECT COUNT(*) FROM registration_tokens WHERE hash = @hash AND {Live}", new { hash = token.Hash(), now = Now }) == 1, ct);

    /// <summary>Uses it once, in the transaction that does what it is used for.</summary>
    /// <returns>Whose platform it registers; null when it is unknown, expired, revoked or used up.</returns>
    public Task<string?> Use(SqlSession sql, Secret token) => sql.Value<string>(
        $"UPDATE registration_tokens SET uses_left = uses_left - 1 WHERE hash = @hash AND {Live} RETURNING company", new { hash = token.Hash(), now = Now });

    /// <returns>False when there is none with this id or it was revoked before.</returns>
    public async Task<bool> Revoke(string id, CancellationToken ct) =>
        await database.Write(sql => sql.Execute("UPDATE registration_tokens SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL", new { id, now = Now }), ct) == 1;

    public async Task<IReadOnlyList<RegistrationToken>> List(CancellationToken ct)
    {
        var rows = await database.Read(sql => sql.Rows<Row>(
            "SELECT id AS Id, company AS Company, uses_left AS UsesLeft, issued_at AS IssuedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt FROM registration_tokens ORDER BY issued_at, id"), ct);
        return [.. rows.Select(r => r.Token())];
    }

    public Task Sweep(DateTimeOffset now, CancellationToken ct) =>
        database.Write(sql => sql.Execute("DELETE FROM registration_tokens WHERE expires_at < @old", new { old = (now - KeptAfterEnd).ToUnixTimeMilliseconds() }), ct);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Company { get; init; } = "";

        public long UsesLeft { get; init; }

        public long IssuedAt { get; init; }

        public long ExpiresAt { get; init; }

        public long? RevokedAt { get; init; }

        public RegistrationToken Token() => new(Id, Company, (int)UsesLeft, DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt), DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
            RevokedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
    }
}

/// <summary>What is kept of an initial access token: never the token.</summary>
/// <param name="Id">16 hex digits.</param>
/// <param name="Company">Whose platforms it registers: what a person is told beside the platform's own name.</param>
internal sealed record RegistrationToken(string Id, string Company, int UsesLeft, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt)
{
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt && UsesLeft > 0;
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Platforms;

/// <summary>Keeper of API keys. Verified from memory; a revocation is obeyed within a second on every node.</summary>
internal sealed class ApiKeys : IKeptFresh, ISwept
{
    private const int MostLive = 2;
    private const int ShortestImport = 16;
    private readonly Database _database;
    private readonly PlatformRegister _platforms;
    private readonly TimeProvider _time;
    private readonly Snapshot<Book> _snapshot;
    private readonly ConcurrentDictionary<string, long> _used = new(StringComparer.Ordinal);

    public ApiKeys(Database database, PlatformRegister platforms, Revisions revisions, TimeProvider time)
    {
        (_database, _platforms, _time) = (database, platforms, time);
        _snapshot = new(revisions, Topic.Platforms, Load);
    }

    /// <summary>The key and its platform, or null: unknown, expired, revoked, missing and disabled take the same path.</summary>
    public (ApiKey Key, Platform Platform)? Verify(string? presented)
    {
        var key = _snapshot.Value.Find(presented ?? "");
        var live = key is null ? null : Live(key);
        if (live is not null) _used[live.Value.Key.Id] = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return live;
    }

    /// <summary>The live key a login ticket was fetched with, or null.</summary>
    public (ApiKey Key, Platform Platform)? Live(string id) =>
        _snapshot.Value.ById.TryGetValue(id, out var key) ? Live(key) : null;

    /// <summary>Whether a platform has a live key.</summary>
    public bool IsKeyed(string clientId) => _snapshot.Value.ById.Values.Any(k => k.ClientId == clientId && k.IsLive(_time.GetUtcNow()));

    /// <summary>Whether it was ever given one: then it has a backend that keeps secrets, and taking its key away leaves no way in without.</summary>
    public bool WasKeyed(string clientId) => _snapshot.Value.Keyed.Contains(clientId);

    /// <summary>The key itself, live or not; null for nobody's. For telling its platform, never for letting in.</summary>
    public ApiKey? Known(string presented) => _snapshot.Value.Find(presented);

    /// <inheritdoc cref="Known"/>
    public ApiKey? KnownById(string id) => _snapshot.Value.ById.GetValueOrDefault(id);

    /// <summary>Whose key a text claims to be: ours carry their id, a mistyped one too. No proof at all; ids are in every login ticket.</summary>
    public string? NamedBy(string presented) => ApiKeyText.IdIn(presented) is { } id ? _snapshot.Value.ById.GetValueOrDefault(id)?.ClientId : null;

    public Task Refresh(CancellationToken ct) => _snapshot.Refresh(ct);

    /// <returns>The key, to be shown once; null when the platform has two live keys already.</returns>
    public Task<(ApiKey Stored, Secret Key)?> Issue(string clientId, DateTimeOffset? expiresAt, CancellationToken ct) => _database.Write(sql => Issue(sql, clientId, expiresAt), ct);

    /// <inheritdoc cref="Issue(string, DateTimeOffset?, CancellationToken)"/>
    public async Task<(ApiKey Stored, Secret Key)?> Issue(SqlSession sql, string clientId, DateTimeOffset? expiresAt)
    {
        var (id, key) = ApiKeyText.New();
        var stored = New(id, clientId, key, hint: key.Reveal()[..20], imported: false, expiresAt);
        return await TryAdd(sql, stored) ? (stored, key) : null;
    }

    /// <returns>Null when the platform has two live keys already, or this key is known.</returns>
    /// <exception cref="ArgumentException">Too short to be anybody's secret: an empty one would let a missing header in.</exception>
    public async Task<ApiKey?> Import(string clientId, Secret key, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        if (key.Reveal().Length < ShortestImport) throw new ArgumentException($"A key has {ShortestImport} characters at least.", nameof(key));
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var stored = New(id, clientId, key, hint: key.Reveal()[..6] + "…", imported: true, expiresAt);
        return await _database.Write(sql => TryAdd(sql, stored), ct) ? stored : null;
    }

    /// <returns>False when there is no such key or it was revoked before.</returns>
    public Task<bool> Revoke(string id, CancellationToken ct) => _database.Write(async sql =>
    {
        var revoked = await sql.Execute("UPDATE api_keys SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL", new { id, now = Now });
        await Revisions.Raise(sql, Topic.Platforms);
        return revoked == 1;
    }, ct);

    /// <summary>For a platform that needs none any more.</summary>
    public Task RevokeAll(string clientId, CancellationToken ct) => _database.Write(sql => RevokeAll(sql, clientId), ct);

    /// <inheritdoc cref="RevokeAll(string, CancellationToken)"/>
    public async Task RevokeAll(SqlSession sql, string clientId)
    {
        await sql.Execute("UPDATE api_keys SET revoked_at = @now WHERE client_id = @clientId AND revoked_at IS NULL", new { clientId, now = Now });
        await Revisions.Raise(sql, Topic.Platforms);
    }

    public async Task<IReadOnlyList<ApiKey>> List(CancellationToken ct)
    {
        var rows = await _database.Read(sql => sql.Rows<ApiKeyRow>(ApiKeyRow.Select), ct);
        return [.. rows.Select(r => r.ApiKey())];
    }

    /// <summary>Writes down last uses: gathered, so that a busy platform costs one write a minute.</summary>
    public async Task Sweep(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (id, at) in _used)
        {
            await _database.Write(sql => sql.Execute("UPDATE api_keys SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)", new { id, at }), ct);
            _used.TryRemove(new(id, at));
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private (ApiKey Key, Platform Platform)? Live(ApiKey key) =>
        key.IsLive(_time.GetUtcNow()) && _platforms.Active(key.ClientId) is { } platform ? (key, platform) : null;

    private ApiKey New(string id, string clientId, Secret key, string hint, bool imported, DateTimeOffset? expiresAt) => new()
    {
        Id = id, ClientId = clientId, Hash = key.Hash(), Hint = hint, IsImported = imported, IssuedAt = _time.GetUtcNow(), ExpiresAt = expiresAt,
    };

    private static async Task<bool> TryAdd(SqlSession sql, ApiKey key)
    {
        // Holds the platform's row, so that two operators at once cannot make it three keys.
        await sql.Execute("UPDATE platforms SET client_id = client_id WHERE client_id = @ClientId", new { key.ClientId });
        var added = await sql.Execute("""
            INSERT INTO api_keys (id, client_id, hash, hint, imported, issued_at, expires_at)
            SELECT @Id, @ClientId, @Hash, @Hint, @Imported, @IssuedAt, @ExpiresAt
            WHERE (SELECT COUNT(*) FROM api_keys WHERE client_id = @ClientId AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @IssuedAt)) < @MostLive
            ON CONFLICT DO NOTHING
            """, new
        {
            key.Id, key.ClientId, key.Hash, key.Hint, Imported = key.IsImported ? 1L : 0L, IssuedAt = key.IssuedAt.ToUnixTimeMilliseconds(),
            ExpiresAt = key.ExpiresAt?.ToUnixTimeMilliseconds(), MostLive,
        });
        await Revisions.Raise(sql, Topic.Platforms);
        return added == 1;
    }

    private async Task<Book> Load(CancellationToken ct)
    {
        var keys = await List(ct);
        return new Book(
            keys.ToFrozenDictionary(k => Convert.ToHexString(k.Hash), StringComparer.Ordinal),
            keys.ToFrozenDictionary(k => k.Id, StringComparer.Ordinal),
            keys.Select(k => k.ClientId).ToFrozenSet(StringComparer.Ordinal));
    }

    private sealed record Book(FrozenDictionary<string, ApiKey> ByHash, FrozenDictionary<string, ApiKey> ById, FrozenSet<string> Keyed)
    {
        public ApiKey? Find(string presented)
        {
            Span<byte> hash = stackalloc byte[TextHash.Length];
            Span<char> hex = stackalloc char[2 * TextHash.Length];
            TextHash.Of(presented, hash);
            Convert.TryToHexString(hash, hex, out _);
            return ByHash.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(hex, out var key) ? key : null;
        }
    }
}

namespace Gapura.Platforms;

/// <summary>An API key as the store holds it.</summary>
internal sealed class ApiKeyRow
{
    public const string Select = """
        SELECT id AS Id, client_id AS ClientId, hash AS Hash, hint AS Hint, imported AS Imported, issued_at AS IssuedAt,
               expires_at AS ExpiresAt, revoked_at AS RevokedAt, last_used_at AS LastUsedAt
        FROM api_keys ORDER BY client_id, issued_at
        """;

    public string Id { get; init; } = "";

    public string ClientId { get; init; } = "";

    public byte[] Hash { get; init; } = [];

    public string Hint { get; init; } = "";

    public long Imported { get; init; }

    public long IssuedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public long? LastUsedAt { get; init; }

    public ApiKey ApiKey() => new()
    {
        Id = Id, ClientId = ClientId, Hash = Hash, Hint = Hint, IsImported = Imported != 0, IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt),
        ExpiresAt = Instant(ExpiresAt), RevokedAt = Instant(RevokedAt), LastUsedAt = Instant(LastUsedAt),
    };

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

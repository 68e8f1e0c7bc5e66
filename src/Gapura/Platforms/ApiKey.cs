using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;

namespace Gapura.Platforms;

/// <summary>What is kept of a platform's API key: never the key.</summary>
internal sealed record ApiKey
{
    /// <summary>16 hex digits, 8 bytes: part of our own keys' text and of every login ticket they fetch.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>SHA-256 of the key's UTF-8 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Its first characters, so that an operator recognises it.</summary>
    public required string Hint { get; init; }

    /// <summary>Brought along from another system, in that system's form.</summary>
    public required bool IsImported { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}

/// <summary>
/// <c>gpk_&lt;id&gt;_&lt;secret&gt;&lt;checksum&gt;</c>: a prefix that secret scanners find, 16 hex digits, 32 base62 characters
/// (190 random bits), and the first 4 bytes of the SHA-256 of all before it in hex, which tells a typo from a revoked key offline.
/// </summary>
internal static class ApiKeyText
{
    private const string Prefix = "gpk_";
    private const int Length = 4 + 16 + 1 + 32 + 8;

    public static (string Id, Secret Key) New()
    {
        var random = RandomNumberGenerator.GetBytes(32);
        var id = Convert.ToHexStringLower(random.AsSpan(0, 8));
        var secret = Base62.Encode(BinaryPrimitives.ReadUInt64BigEndian(random.AsSpan(8)) >> 2, BinaryPrimitives.ReadUInt128BigEndian(random.AsSpan(16)));
        var body = $"{Prefix}{id}_{secret}";
        return (id, new Secret(body + Checksum(body)));
    }

    /// <summary>Whether a text that looks like one of ours was copied without a slip. Other systems' keys are not judged.</summary>
    public static bool IsMistyped(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && (text.Length != Length || !text.EndsWith(Checksum(text[..^8]), StringComparison.Ordinal));

    /// <returns>The id of a key that looks like one of ours, whole or not; null for any other text.</returns>
    public static string? IdIn(string text) =>
        text.Length > Prefix.Length + 16 && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length..(Prefix.Length + 16)] is var id && id.All(char.IsAsciiHexDigitLower) ? id : null;

    private static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)).AsSpan(0, 4));
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Devices;

/// <summary>Names of the texts phones sign here: the same first words as session ids, and never the same text.</summary>
internal sealed record DevicesOptions
{
    public string Issuer { get; init; } = "nu.id";

    public string Version { get; init; } = "1";
}

/// <summary>
/// What a phone signs to prove that it holds the key it wants enrolled:
/// <c>&lt;issuer&gt;.enrol:&lt;version&gt;:&lt;account id&gt;:&lt;key id, random, tag; 58 hex digits&gt;:&lt;expiry&gt;</c>. Its prefix keeps a
/// signature over it from ever passing for a sign-in. Self-authenticating: none is stored.
/// </summary>
internal sealed class DeviceChallenges(HandleKeys keys, DevicesOptions options, TimeProvider time)
{
    private const int RandomLength = 12;
    private const int TagLength = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public (string Text, DateTimeOffset ExpiresAt) Issue(string accountId)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        return (Write(keys.Ring.Current, accountId, RandomNumberGenerator.GetBytes(RandomLength), expiresAt.ToUnixTimeSeconds()), expiresAt);
    }

    /// <summary>Whether we issued this text to this account and its time is not over.</summary>
    public bool IsLive(string text, string accountId)
    {
        if (text.Length > 300 || text.Split(':') is not [_, _, _, { Length: 2 * (1 + RandomLength + TagLength) } code, { Length: 10 } expiry]) return false;
        if (!code.All(char.IsAsciiHexDigitLower) || !long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        var bytes = Convert.FromHexString(code);
        return keys.Ring.Find(bytes[0]) is { } key
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Write(key, accountId, bytes.AsSpan(1, RandomLength), seconds)))
            && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    private string Write(HandleKey key, string accountId, ReadOnlySpan<byte> random, long seconds)
    {
        var head = $"{options.Issuer}.enrol:{options.Version}:{accountId}:{key.Id:x2}{Convert.ToHexStringLower(random)}";
        var tag = key.DeviceChallengeTag(Encoding.UTF8.GetBytes($"{head}:{seconds}")).AsSpan(0, TagLength);
        return $"{head}{Convert.ToHexStringLower(tag)}:{seconds}";
    }
}

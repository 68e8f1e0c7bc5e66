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

/// <summary>What a challenge is for. Each has a first word and a key of its own, so that none passes for another.</summary>
internal enum ChallengePurpose
{
    /// <summary>Its subject is the account that wants the key enrolled.</summary>
    Enrol,

    /// <summary>A phone opens a session of its own. Its subject is <see cref="DeviceChallenges.SubjectOf"/> the key.</summary>
    Phone,
}

/// <summary>
/// What a phone signs to prove that it holds its key:
/// <c>&lt;issuer&gt;.enrol:&lt;version&gt;:&lt;subject&gt;:&lt;key id, random, tag; 58 hex digits&gt;:&lt;expiry&gt;</c>, or <c>.phone</c>. The
/// prefix keeps a signature over it from ever passing for a sign-in. Self-authenticating: none is stored.
/// </summary>
internal sealed class DeviceChallenges(HandleKeys keys, DevicesOptions options, TimeProvider time)
{
    private const int RandomLength = 12;
    private const int TagLength = 16;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public (string Text, DateTimeOffset ExpiresAt) Issue(ChallengePurpose purpose, string subject)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        return (Write(purpose, keys.Ring.Current, subject, RandomNumberGenerator.GetBytes(RandomLength), expiresAt.ToUnixTimeSeconds()), expiresAt);
    }

    /// <summary>Whether we issued this text for this purpose and subject and its time is not over.</summary>
    public bool IsLive(ChallengePurpose purpose, string text, string subject)
    {
        if (text.Length > 300 || text.Split(':') is not [_, _, _, { Length: 2 * (1 + RandomLength + TagLength) } code, { Length: 10 } expiry]) return false;
        if (!code.All(char.IsAsciiHexDigitLower) || !long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        var bytes = Convert.FromHexString(code);
        return keys.Ring.Find(bytes[0]) is { } key
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Write(purpose, key, subject, bytes.AsSpan(1, RandomLength), seconds)))
            && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    /// <summary>What stands for a key nobody may have enrolled: 16 hex digits of the SHA-256 of its 130.</summary>
    public static string SubjectOf(string publicKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(publicKey)).AsSpan(0, 8));

    private string Write(ChallengePurpose purpose, HandleKey key, string subject, ReadOnlySpan<byte> random, long seconds)
    {
        var word = purpose == ChallengePurpose.Enrol ? "enrol" : "phone";
        var head = $"{options.Issuer}.{word}:{options.Version}:{subject}:{key.Id:x2}{Convert.ToHexStringLower(random)}";
        var body = Encoding.UTF8.GetBytes($"{head}:{seconds}");
        var tag = purpose == ChallengePurpose.Enrol ? key.DeviceChallengeTag(body) : key.PhoneChallengeTag(body);
        return $"{head}{Convert.ToHexStringLower(tag.AsSpan(0, TagLength))}:{seconds}";
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.Protocol.Handles;

namespace Gapura.QrAuth;

/// <summary>
/// The handle behind one QR code. Its 32 characters are a number of 190 bits: nonce method 1, random 37, key id 8,
/// commitment to the browser's nonce 64, tag 80. The tag covers the whole text, so a session id is genuine, of this platform and of this
/// expiry, or it is refused, without a look at any store. <c>docs/protocol.md</c> has the layout, bounds and vectors.
/// </summary>
/// <param name="Text">The exact session id; nothing else is ever compared or signed.</param>
/// <param name="Commitment">64 bits that only we can compute from the nonce, and nobody can turn back into it.</param>
/// <param name="Method">What the screen must show to collect.</param>
internal sealed record QrChallenge(string Text, string ClientId, ulong Commitment, DateTimeOffset ExpiresAt, NonceMethod Method)
{
    /// <summary>What the browser's claim is stored under: one nonce, one sign-in.</summary>
    public string ClaimKey => Claim(ClientId, Commitment);

    public static string Claim(string clientId, ulong commitment) => $"qr:{clientId}:{commitment:x16}";

    /// <param name="random">37 bits.</param>
    public static QrChallenge Issue(HandleKey key, QrAuthOptions options, string clientId, string nonce, DateTimeOffset expiresAt, ulong random, NonceMethod method = NonceMethod.Plain) =>
        Issue(key, options, clientId, Commit(key, clientId, nonce, method), expiresAt, random, method);

    /// <param name="commitment">As <see cref="Commit"/> gave it under the same key.</param>
    public static QrChallenge Issue(HandleKey key, QrAuthOptions options, string clientId, ulong commitment, DateTimeOffset expiresAt, ulong random, NonceMethod method)
    {
        var seconds = expiresAt.ToUnixTimeSeconds();
        var head = (method == NonceMethod.S256 ? MethodBit : 0) | (random & RandomMask) << 24 | (ulong)key.Id << 16;
        var tag = Tag(key, $"{options.Issuer}:{options.Version}:{clientId}:{seconds}", head, commitment);
        var code = Base62.Encode(head | commitment >> 48, ((UInt128)commitment << 80) | tag);
        return new QrChallenge(
            $"{options.Issuer}:{options.Version}:{clientId}:{code}:{seconds}", clientId, commitment, DateTimeOffset.FromUnixTimeSeconds(seconds), method);
    }

    /// <returns>Null when we did not issue it, it was altered, or its time is over.</returns>
    public static QrChallenge? Read(HandleKeyRing keys, QrAuthOptions options, string? text, DateTimeOffset now) =>
        ReadEvenLate(keys, options, text) is { } challenge && now < challenge.ExpiresAt ? challenge : null;

    /// <summary>For a screen that comes to collect: what was approved in time may be fetched a little later.</summary>
    public static QrChallenge? ReadEvenLate(HandleKeyRing keys, QrAuthOptions options, string? text)
    {
        if (!SessionIdText.TryParse(text, out var parts) || parts.Issuer != options.Issuer || parts.Version != options.Version) return null;
        if (!Base62.TryDecode(parts.Code, out var high, out var low)) return null;
        if (keys.Find((byte)(high >> 16)) is not { } key) return null;

        var commitment = high << 48 | (ulong)(low >> 80);
        var expected = Tag(key, $"{parts.Issuer}:{parts.Version}:{parts.ClientId}:{parts.Expiry}", high & ~0xFFFFUL, commitment);
        if (!SameTag(expected, low & TagMask)) return null;
        var method = (high & MethodBit) != 0 ? NonceMethod.S256 : NonceMethod.Plain;
        return new QrChallenge(text!, parts.ClientId, commitment, DateTimeOffset.FromUnixTimeSeconds(parts.Expiry), method);
    }

    // A nonce holds no line feed, so a nonce of one method never commits to the same as one of the other.
    public static ulong Commit(HandleKey key, string clientId, string nonce, NonceMethod method) =>
        BinaryPrimitives.ReadUInt64BigEndian(key.Commitment(Encoding.UTF8.GetBytes(method == NonceMethod.S256 ? $"{clientId}\nS256\n{nonce}" : $"{clientId}\n{nonce}")));

    private const ulong RandomMask = (1UL << 37) - 1;

    private const ulong MethodBit = 1UL << 61;

    private static readonly UInt128 TagMask = ((UInt128)1 << 80) - 1;

    private static UInt128 Tag(HandleKey key, string outside, ulong head, ulong commitment)
    {
        var body = new byte[outside.Length + 1 + 16];
        Encoding.ASCII.GetBytes(outside, body);
        BinaryPrimitives.WriteUInt64BigEndian(body.AsSpan(outside.Length + 1), head);
        BinaryPrimitives.WriteUInt64BigEndian(body.AsSpan(outside.Length + 9), commitment);
        return BinaryPrimitives.ReadUInt128BigEndian(key.QrChallengeTag(body)) >> 48;
    }

    private static bool SameTag(UInt128 expected, UInt128 given)
    {
        Span<byte> a = stackalloc byte[16], b = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(a, expected);
        BinaryPrimitives.WriteUInt128BigEndian(b, given);
        return CryptographicOperations.FixedTimeEquals(a, b);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Gapura.Kernel;

namespace Gapura.SeamlessLogin;

/// <summary>
/// The handle behind one popup: 33 bytes in lower-case hex. Key id 1, API key 8, expiry 4 (Unix seconds, unsigned),
/// random 4, tag 16. It names the API key it was fetched with, so that revoking that key ends its tickets too.
/// </summary>
/// <param name="Text">66 lower-case hex digits.</param>
/// <param name="ApiKeyId">16 hex digits.</param>
internal sealed record LoginTicket(string Text, string ApiKeyId, DateTimeOffset ExpiresAt)
{
    private const int BodyLength = 1 + 8 + 4 + 4;
    private const int TagLength = 16;

    /// <summary>What its one completed sign-in is stored under.</summary>
    public string SpendKey => "ticket:" + Text;

    public static LoginTicket Issue(HandleKey key, string apiKeyId, DateTimeOffset expiresAt, uint random)
    {
        Span<byte> bytes = stackalloc byte[BodyLength + TagLength];
        var seconds = (uint)expiresAt.ToUnixTimeSeconds();
        bytes[0] = key.Id;
        Convert.FromHexString(apiKeyId).CopyTo(bytes[1..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[9..], seconds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[13..], random);
        key.LoginTicketTag(bytes[..BodyLength]).AsSpan(0, TagLength).CopyTo(bytes[BodyLength..]);
        return new LoginTicket(Convert.ToHexStringLower(bytes), apiKeyId, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    /// <returns>Null when we did not issue it, it was altered, or its time is over.</returns>
    public static LoginTicket? Read(HandleKeyRing keys, string? text, DateTimeOffset now)
    {
        // Lower case only: one ticket has one text, and that text is what is spent.
        if (text is null || text.Length != 2 * (BodyLength + TagLength) || !text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))) return null;
        var bytes = Convert.FromHexString(text).AsSpan();
        if (keys.Find(bytes[0]) is not { } key) return null;
        if (!CryptographicOperations.FixedTimeEquals(key.LoginTicketTag(bytes[..BodyLength]).AsSpan(0, TagLength), bytes[BodyLength..])) return null;
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]));
        return now < expiresAt ? new LoginTicket(text, Convert.ToHexStringLower(bytes.Slice(1, 8)), expiresAt) : null;
    }
}

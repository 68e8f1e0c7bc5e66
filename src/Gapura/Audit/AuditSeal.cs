using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Audit;

/// <summary>
/// One link of the chain: the hash of the link before it, its own number and instant, and every row it holds, in the
/// order of their ids (HMAC-SHA-256). The key lies outside the database, so that whoever can write there cannot make the
/// chain fit again. Pure. <c>docs/audit.md</c> describes the bytes.
/// </summary>
internal static class AuditSeal
{
    /// <summary>What the first link follows.</summary>
    public static readonly byte[] Beginning = new byte[32];

    /// <param name="key">32 bytes.</param>
    /// <param name="before">Hash of the seal before it, 32 bytes.</param>
    public static byte[] Hash(byte[] key, byte[] before, long number, long sealedAt, IEnumerable<AuditRow> rows)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(before);
        Append(hash, number);
        Append(hash, sealedAt);
        foreach (var row in rows.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            Append(hash, row.Id);
            Append(hash, row.At);
            foreach (var text in (string?[])[row.Action, row.Actor, row.AccountId, row.ClientId, row.DeviceId, row.GrantId, row.Browser, row.System, row.Network, row.Country, row.Details])
                Append(hash, text);
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    // Its length first, -1 for nothing: no text can be moved from one column into the next.
    private static void Append(IncrementalHash hash, string? text)
    {
        var utf8 = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : utf8.Length);
        hash.AppendData(length);
        hash.AppendData(utf8);
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>Bytes that look random and are the same in every run: SHA-256 of a name and a counter.</summary>
internal sealed class SeededBytes(string seed)
{
    private readonly byte[] _input = [.. Encoding.UTF8.GetBytes(seed), 0, 0, 0, 0];
    private int _counter;

    public byte[] Next32()
    {
        BinaryPrimitives.WriteInt32BigEndian(_input.AsSpan(^4..), _counter++);
        return SHA256.HashData(_input);
    }

    /// <summary>From 0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)(BinaryPrimitives.ReadUInt32BigEndian(Next32()) % (uint)limit);

    /// <summary>From 1 to n − 1.</summary>
    public BigInteger NextScalar() =>
        new BigInteger(Next32(), isUnsigned: true, isBigEndian: true) % (ReferenceCurve.N - 1) + 1;
}

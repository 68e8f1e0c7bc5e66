using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>A 256-bit unsigned number in four 64-bit limbs, <see cref="L0"/> the least significant. No modulus.</summary>
/// <remarks>Nothing here is constant-time: verification handles only what the signer has already published.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct UInt256(ulong l0, ulong l1, ulong l2, ulong l3) : IEquatable<UInt256>
{
    public const int ByteLength = 32;

    public readonly ulong L0 = l0;
    public readonly ulong L1 = l1;
    public readonly ulong L2 = l2;
    public readonly ulong L3 = l3;

    public static UInt256 One => new(1, 0, 0, 0);

    public bool IsZero => (L0 | L1 | L2 | L3) == 0;

    public bool IsOne => L0 == 1 && (L1 | L2 | L3) == 0;

    /// <summary>Reads 32 bytes, most significant first.</summary>
    public static UInt256 ReadBigEndian(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Writes 32 bytes, most significant first.</summary>
    public void WriteBigEndian(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], L0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], L1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], L2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, L3);
    }

    public static bool operator <(in UInt256 a, in UInt256 b)
    {
        if (a.L3 != b.L3) return a.L3 < b.L3;
        if (a.L2 != b.L2) return a.L2 < b.L2;
        if (a.L1 != b.L1) return a.L1 < b.L1;
        return a.L0 < b.L0;
    }

    public static bool operator >(in UInt256 a, in UInt256 b) => b < a;

    /// <summary>a + b; <paramref name="carry"/> is bit 256 of the sum, 0 or 1.</summary>
    public static UInt256 Add(in UInt256 a, in UInt256 b, out ulong carry)
    {
        carry = 0;
        var l0 = Limb.Add(a.L0, b.L0, ref carry);
        var l1 = Limb.Add(a.L1, b.L1, ref carry);
        var l2 = Limb.Add(a.L2, b.L2, ref carry);
        var l3 = Limb.Add(a.L3, b.L3, ref carry);
        return new UInt256(l0, l1, l2, l3);
    }

    /// <summary>a − b modulo 2²⁵⁶; <paramref name="borrow"/> is 1 when b was larger, else 0.</summary>
    public static UInt256 Subtract(in UInt256 a, in UInt256 b, out ulong borrow)
    {
        borrow = 0;
        var l0 = Limb.Subtract(a.L0, b.L0, ref borrow);
        var l1 = Limb.Subtract(a.L1, b.L1, ref borrow);
        var l2 = Limb.Subtract(a.L2, b.L2, ref borrow);
        var l3 = Limb.Subtract(a.L3, b.L3, ref borrow);
        return new UInt256(l0, l1, l2, l3);
    }

    /// <summary>Writes a · b to eight limbs, least significant first.</summary>
    public static void Multiply(in UInt256 a, in UInt256 b, Span<ulong> product)
    {
        ReadOnlySpan<ulong> right = [b.L0, b.L1, b.L2, b.L3];
        ReadOnlySpan<ulong> left = [a.L0, a.L1, a.L2, a.L3];
        product[..8].Clear();
        for (var i = 0; i < 4; i++)
        {
            ulong carry = 0;
            for (var j = 0; j < 4; j++)
                product[i + j] = Limb.MultiplyAdd(left[i], right[j], product[i + j], ref carry);
            product[i + 4] = carry;
        }
    }

    /// <summary>Shifts right by 1 to 63 bits; <paramref name="top"/> is limb 4, the bits above 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 ShiftRight(in UInt256 a, ulong top, int count) => new(
        (a.L0 >> count) | (a.L1 << (64 - count)),
        (a.L1 >> count) | (a.L2 << (64 - count)),
        (a.L2 >> count) | (a.L3 << (64 - count)),
        (a.L3 >> count) | (top << (64 - count)));

    public bool Equals(UInt256 other) =>
        ((L0 ^ other.L0) | (L1 ^ other.L1) | (L2 ^ other.L2) | (L3 ^ other.L3)) == 0;

    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(L0, L1, L2, L3);

    public static bool operator ==(in UInt256 a, in UInt256 b) => a.Equals(b);

    public static bool operator !=(in UInt256 a, in UInt256 b) => !a.Equals(b);

    public override string ToString() => $"{L3:x16}{L2:x16}{L1:x16}{L0:x16}";
}

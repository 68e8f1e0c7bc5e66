using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>A coordinate: an integer modulo p = 2²⁵⁶ − 2³² − 977, always fully reduced, so zero and equality are plain.</summary>
/// <remarks>SEC 2 v2, section 2.4.1. Because 2²⁵⁶ ≡ <see cref="Fold"/> (mod p), what overflows is multiplied by it and added back.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct FieldElement : IEquatable<FieldElement>
{
    /// <summary>2²⁵⁶ − p.</summary>
    private const ulong Fold = 0x1_0000_03D1;
    private const ulong P0 = 0xFFFF_FFFE_FFFF_FC2F;

    private readonly ulong _l0;
    private readonly ulong _l1;
    private readonly ulong _l2;
    private readonly ulong _l3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        _l0 = l0;
        _l1 = l1;
        _l2 = l2;
        _l3 = l3;
    }

    public static UInt256 Prime => new(P0, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    public static FieldElement One => new(1, 0, 0, 0);

    public bool IsZero => (_l0 | _l1 | _l2 | _l3) == 0;

    public UInt256 Value => new(_l0, _l1, _l2, _l3);

    /// <summary>False when the value is p or more.</summary>
    public static bool TryCreate(in UInt256 value, out FieldElement element)
    {
        element = new FieldElement(value.L0, value.L1, value.L2, value.L3);
        return value < Prime;
    }

    public static FieldElement FromSmall(ulong value) => new(value, 0, 0, 0);

    /// <summary>a + b.</summary>
    public static FieldElement operator +(in FieldElement a, in FieldElement b)
    {
        ulong carry = 0;
        var l0 = Limb.Add(a._l0, b._l0, ref carry);
        var l1 = Limb.Add(a._l1, b._l1, ref carry);
        var l2 = Limb.Add(a._l2, b._l2, ref carry);
        var l3 = Limb.Add(a._l3, b._l3, ref carry);
        return FoldOnce(l0, l1, l2, l3, Fold & (0 - carry));
    }

    /// <summary>a − b.</summary>
    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        ulong borrow = 0;
        var l0 = Limb.Subtract(a._l0, b._l0, ref borrow);
        var l1 = Limb.Subtract(a._l1, b._l1, ref borrow);
        var l2 = Limb.Subtract(a._l2, b._l2, ref borrow);
        var l3 = Limb.Subtract(a._l3, b._l3, ref borrow);
        // Adding p is taking Fold away modulo 2²⁵⁶; a mask, because this branch could not be predicted.
        var fold = Fold & (0 - borrow);
        borrow = 0;
        l0 = Limb.Subtract(l0, fold, ref borrow);
        l1 = Limb.Subtract(l1, 0, ref borrow);
        l2 = Limb.Subtract(l2, 0, ref borrow);
        return new FieldElement(l0, l1, l2, l3 - borrow);
    }

    /// <summary>−a.</summary>
    public static FieldElement operator -(in FieldElement a) => default(FieldElement) - a;

    /// <summary>a · b.</summary>
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        ulong carry = 0;
        var r0 = Limb.MultiplyAdd(a._l0, b._l0, 0, ref carry);
        var r1 = Limb.MultiplyAdd(a._l0, b._l1, 0, ref carry);
        var r2 = Limb.MultiplyAdd(a._l0, b._l2, 0, ref carry);
        var r3 = Limb.MultiplyAdd(a._l0, b._l3, 0, ref carry);
        var r4 = carry;
        carry = 0;
        r1 = Limb.MultiplyAdd(a._l1, b._l0, r1, ref carry);
        r2 = Limb.MultiplyAdd(a._l1, b._l1, r2, ref carry);
        r3 = Limb.MultiplyAdd(a._l1, b._l2, r3, ref carry);
        r4 = Limb.MultiplyAdd(a._l1, b._l3, r4, ref carry);
        var r5 = carry;
        carry = 0;
        r2 = Limb.MultiplyAdd(a._l2, b._l0, r2, ref carry);
        r3 = Limb.MultiplyAdd(a._l2, b._l1, r3, ref carry);
        r4 = Limb.MultiplyAdd(a._l2, b._l2, r4, ref carry);
        r5 = Limb.MultiplyAdd(a._l2, b._l3, r5, ref carry);
        var r6 = carry;
        carry = 0;
        r3 = Limb.MultiplyAdd(a._l3, b._l0, r3, ref carry);
        r4 = Limb.MultiplyAdd(a._l3, b._l1, r4, ref carry);
        r5 = Limb.MultiplyAdd(a._l3, b._l2, r5, ref carry);
        r6 = Limb.MultiplyAdd(a._l3, b._l3, r6, ref carry);
        return Reduce(r0, r1, r2, r3, r4, r5, r6, carry);
    }

    /// <summary>a², with the six mixed products made once and doubled.</summary>
    public static FieldElement Square(in FieldElement a)
    {
        ulong carry = 0;
        var r1 = Limb.MultiplyAdd(a._l0, a._l1, 0, ref carry);
        var r2 = Limb.MultiplyAdd(a._l0, a._l2, 0, ref carry);
        var r3 = Limb.MultiplyAdd(a._l0, a._l3, 0, ref carry);
        var r4 = carry;
        carry = 0;
        r3 = Limb.MultiplyAdd(a._l1, a._l2, r3, ref carry);
        r4 = Limb.MultiplyAdd(a._l1, a._l3, r4, ref carry);
        var r5 = carry;
        carry = 0;
        r5 = Limb.MultiplyAdd(a._l2, a._l3, r5, ref carry);
        var r6 = carry;
        var r7 = r6 >> 63;
        r6 = (r6 << 1) | (r5 >> 63);
        r5 = (r5 << 1) | (r4 >> 63);
        r4 = (r4 << 1) | (r3 >> 63);
        r3 = (r3 << 1) | (r2 >> 63);
        r2 = (r2 << 1) | (r1 >> 63);
        r1 <<= 1;
        carry = 0;
        var high = Math.BigMul(a._l0, a._l0, out var r0);
        r1 = Limb.Add(r1, high, ref carry);
        high = Math.BigMul(a._l1, a._l1, out var low);
        r2 = Limb.Add(r2, low, ref carry);
        r3 = Limb.Add(r3, high, ref carry);
        high = Math.BigMul(a._l2, a._l2, out low);
        r4 = Limb.Add(r4, low, ref carry);
        r5 = Limb.Add(r5, high, ref carry);
        high = Math.BigMul(a._l3, a._l3, out low);
        r6 = Limb.Add(r6, low, ref carry);
        r7 = Limb.Add(r7, high, ref carry);
        return Reduce(r0, r1, r2, r3, r4, r5, r6, r7);
    }

    /// <summary>a ÷ 2: an odd number is made even by adding p first.</summary>
    public static FieldElement Half(in FieldElement a)
    {
        var mask = 0 - (a._l0 & 1);
        ulong carry = 0;
        var l0 = Limb.Add(a._l0, P0 & mask, ref carry);
        var l1 = Limb.Add(a._l1, mask, ref carry);
        var l2 = Limb.Add(a._l2, mask, ref carry);
        var l3 = Limb.Add(a._l3, mask, ref carry);
        return new FieldElement(
            (l0 >> 1) | (l1 << 63), (l1 >> 1) | (l2 << 63), (l2 >> 1) | (l3 << 63), (l3 >> 1) | (carry << 63));
    }

    /// <summary>1 ÷ a; zero for zero.</summary>
    public static FieldElement Invert(in FieldElement a)
    {
        var inverse = ModularInverse.Of(a.Value, Prime);
        return new FieldElement(inverse.L0, inverse.L1, inverse.L2, inverse.L3);
    }

    public bool Equals(FieldElement other) =>
        ((_l0 ^ other._l0) | (_l1 ^ other._l1) | (_l2 ^ other._l2) | (_l3 ^ other._l3)) == 0;

    public override bool Equals(object? obj) => obj is FieldElement other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_l0, _l1, _l2, _l3);

    public static bool operator ==(in FieldElement a, in FieldElement b) => a.Equals(b);

    public static bool operator !=(in FieldElement a, in FieldElement b) => !a.Equals(b);

    public override string ToString() => Value.ToString();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduce(
        ulong r0, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ulong r6, ulong r7)
    {
        ulong carry = 0;
        r0 = Limb.MultiplyAdd(r4, Fold, r0, ref carry);
        r1 = Limb.MultiplyAdd(r5, Fold, r1, ref carry);
        r2 = Limb.MultiplyAdd(r6, Fold, r2, ref carry);
        r3 = Limb.MultiplyAdd(r7, Fold, r3, ref carry);
        // Less than 2³⁵ is left above 2²⁵⁶; folding that in overflows at most once more, and then by little.
        var high = Math.BigMul(carry, Fold, out var low);
        carry = 0;
        r0 = Limb.Add(r0, low, ref carry);
        r1 = Limb.Add(r1, high, ref carry);
        r2 = Limb.Add(r2, 0, ref carry);
        r3 = Limb.Add(r3, 0, ref carry);
        return FoldOnce(r0, r1, r2, r3, Fold & (0 - carry));
    }

    /// <summary>Adds what a carry out of 2²⁵⁶ is worth, then takes p away if the number is still p or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement FoldOnce(ulong l0, ulong l1, ulong l2, ulong l3, ulong fold)
    {
        ulong carry = 0;
        l0 = Limb.Add(l0, fold, ref carry);
        l1 = Limb.Add(l1, 0, ref carry);
        l2 = Limb.Add(l2, 0, ref carry);
        l3 += carry;
        return (l1 & l2 & l3) == ulong.MaxValue && l0 >= P0
            ? new FieldElement(l0 - P0, 0, 0, 0)
            : new FieldElement(l0, l1, l2, l3);
    }
}

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>An integer modulo n, the order of the secp256k1 group; always fully reduced.</summary>
/// <remarks>SEC 2 v2, section 2.4.1. A verification multiplies scalars a dozen times, so this is plain rather than unrolled.</remarks>
internal readonly struct Scalar : IEquatable<Scalar>
{
    private readonly UInt256 _value;

    private Scalar(in UInt256 value) => _value = value;

    public static UInt256 Order =>
        new(0xBFD2_5E8C_D036_4141, 0xBAAE_DCE6_AF48_A03B, 0xFFFF_FFFF_FFFF_FFFE, ulong.MaxValue);

    public UInt256 Value => _value;

    public bool IsZero => _value.IsZero;

    /// <summary>False when the value is n or more.</summary>
    public static bool TryCreate(in UInt256 value, out Scalar scalar)
    {
        scalar = new Scalar(value);
        return value < Order;
    }

    /// <summary>The value modulo n; a single subtraction, since n is above 2²⁵⁵.</summary>
    public static Scalar Reduce(in UInt256 value)
    {
        var reduced = UInt256.Subtract(value, Order, out var borrow);
        return new Scalar(borrow != 0 ? value : reduced);
    }

    /// <summary>a − b.</summary>
    public static Scalar operator -(in Scalar a, in Scalar b)
    {
        var difference = UInt256.Subtract(a._value, b._value, out var borrow);
        return new Scalar(borrow == 0 ? difference : UInt256.Add(difference, Order, out _));
    }

    /// <summary>−a.</summary>
    public static Scalar operator -(in Scalar a) => default(Scalar) - a;

    /// <summary>a · b.</summary>
    public static Scalar operator *(in Scalar a, in Scalar b)
    {
        Span<ulong> product = stackalloc ulong[8];
        UInt256.Multiply(a._value, b._value, product);
        // 512 bits become 386, then 260, then 256 and a carry worth at most one more fold.
        while ((product[4] | product[5] | product[6] | product[7]) != 0)
            FoldHighHalf(product);
        return Reduce(new UInt256(product[0], product[1], product[2], product[3]));
    }

    /// <summary>1 ÷ a; zero for zero.</summary>
    public static Scalar Invert(in Scalar a) => new(ModularInverse.Of(a._value, Order));

    public bool Equals(Scalar other) => _value.Equals(other._value);

    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();

    public static bool operator ==(in Scalar a, in Scalar b) => a.Equals(b);

    public static bool operator !=(in Scalar a, in Scalar b) => !a.Equals(b);

    public override string ToString() => _value.ToString();

    /// <summary>Replaces the upper 256 bits by their value below: each is worth 2²⁵⁶ − n, a number of 129 bits.</summary>
    private static void FoldHighHalf(Span<ulong> product)
    {
        ReadOnlySpan<ulong> fold = [0x402D_A173_2FC9_BEBF, 0x4551_2319_50B7_5FC4, 1];
        ReadOnlySpan<ulong> high = [product[4], product[5], product[6], product[7]];
        product[4..].Clear();
        for (var i = 0; i < high.Length; i++)
        {
            ulong carry = 0;
            for (var j = 0; j < fold.Length; j++)
                product[i + j] = Limb.MultiplyAdd(high[i], fold[j], product[i + j], ref carry);
            for (var k = i + fold.Length; carry != 0; k++)
            {
                var added = carry;
                carry = 0;
                product[k] = Limb.Add(product[k], added, ref carry);
            }
        }
    }
}

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>A scalar k as First + Second · λ, both shorter than 129 bits, which halves the number of doublings.</summary>
/// <remarks>
/// The curve has an endomorphism λ · (x, y) = (β · x, y), with λ³ = 1 modulo n and β³ = 1 modulo p.
/// Gallant, Lambert, Vanstone, "Faster Point Multiplication on Elliptic Curves with Efficient Endomorphisms" (2001);
/// the rounded constants and the proof of the bound are those of libsecp256k1, src/scalar_impl.h.
/// </remarks>
internal readonly record struct ScalarSplit(SignedMagnitude First, SignedMagnitude Second)
{
    public static readonly UInt256 Beta =
        new(0xC139_6C28_7195_01EE, 0x9CF0_4975_12F5_8995, 0x6E64_479E_AC34_34E9, 0x7AE9_6A2B_657C_0710);

    public static readonly UInt256 Lambda =
        new(0xDF02_967C_1B23_BD72, 0x122E_22EA_2081_6678, 0xA526_1C02_8812_645A, 0x5363_AD4C_C05C_30E0);

    /// <summary>−b₁ of the short lattice vector (a₁, b₁).</summary>
    private static readonly UInt256 NegatedB1 = new(0x6F54_7FA9_0ABF_E4C3, 0xE443_7ED6_010E_8828, 0, 0);

    /// <summary>−b₂ modulo n of the short lattice vector (a₂, b₂).</summary>
    private static readonly UInt256 NegatedB2 =
        new(0xD765_CDA8_3DB1_562C, 0x8A28_0AC5_0774_346D, 0xFFFF_FFFF_FFFF_FFFE, ulong.MaxValue);

    /// <summary>2³⁸⁴ · b₂ ÷ n, rounded.</summary>
    private static readonly UInt256 RoundedB2 =
        new(0xE893_209A_45DB_B031, 0x3DAA_8A14_71E8_CA7F, 0xE86C_90E4_9284_EB15, 0x3086_D221_A7D4_6BCD);

    /// <summary>2³⁸⁴ · −b₁ ÷ n, rounded.</summary>
    private static readonly UInt256 RoundedB1 =
        new(0x1571_B4AE_8AC4_7F71, 0x2212_08AC_9DF5_06C6, 0x6F54_7FA9_0ABF_E4C4, 0xE443_7ED6_010E_8828);

    public static ScalarSplit Of(in Scalar k)
    {
        var c1 = MultiplyAndShift(k.Value, RoundedB2);
        var c2 = MultiplyAndShift(k.Value, RoundedB1);
        var second = c1 * Scalar.Reduce(NegatedB1) - -(c2 * Scalar.Reduce(NegatedB2));
        var first = k - second * Scalar.Reduce(Lambda);
        return new ScalarSplit(SignedMagnitude.Of(first), SignedMagnitude.Of(second));
    }

    /// <summary>a · b ÷ 2³⁸⁴, rounded to the nearest.</summary>
    private static Scalar MultiplyAndShift(in UInt256 a, in UInt256 b)
    {
        Span<ulong> product = stackalloc ulong[8];
        UInt256.Multiply(a, b, product);
        ulong carry = product[5] >> 63;
        var low = Limb.Add(product[6], 0, ref carry);
        return Scalar.Reduce(new UInt256(low, product[7] + carry, 0, 0));
    }
}

/// <summary>A scalar as the shorter of k and n − k, with the sign that makes up for it.</summary>
internal readonly record struct SignedMagnitude(UInt256 Magnitude, bool IsNegative)
{
    public static SignedMagnitude Of(in Scalar scalar)
    {
        var negated = (-scalar).Value;
        return negated < scalar.Value ? new(negated, true) : new(scalar.Value, false);
    }
}

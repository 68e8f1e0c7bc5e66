using System.Numerics;

namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>1 ÷ a modulo an odd number, by the binary extended Euclidean algorithm.</summary>
/// <remarks>Handbook of Applied Cryptography, algorithm 14.61, with all zero bits at the end removed in one step.</remarks>
internal static class ModularInverse
{
    /// <summary>Zero when <paramref name="value"/> is zero; else it must be below the modulus and share no factor with it.</summary>
    public static UInt256 Of(in UInt256 value, in UInt256 modulus)
    {
        if (value.IsZero)
            return default;
        var negatedInverse = NegatedInverseOfLimb(modulus.L0);
        // Throughout: u ≡ value · x and v ≡ value · y (mod modulus); v is odd.
        UInt256 u = value, v = modulus, x = UInt256.One, y = default;
        RemoveFactorsOfTwo(ref u, ref x, modulus, negatedInverse);
        while (!u.IsOne)
        {
            if (u < v)
            {
                (u, v) = (v, u);
                (x, y) = (y, x);
            }

            u = UInt256.Subtract(u, v, out _);
            x = UInt256.Subtract(x, y, out var borrow);
            if (borrow != 0)
                x = UInt256.Add(x, modulus, out _);
            RemoveFactorsOfTwo(ref u, ref x, modulus, negatedInverse);
        }

        return x;
    }

    /// <summary>Divides both by the power of two in u; x becomes divisible by it when the right multiple of the modulus is added.</summary>
    private static void RemoveFactorsOfTwo(ref UInt256 u, ref UInt256 x, in UInt256 modulus, ulong negatedInverse)
    {
        while ((u.L0 & 1) == 0)
        {
            var count = Math.Min(BitOperations.TrailingZeroCount(u.L0), 63);
            u = UInt256.ShiftRight(u, 0, count);
            var multiple = (x.L0 * negatedInverse) & ((1UL << count) - 1);
            ulong top = 0;
            var l0 = Limb.MultiplyAdd(modulus.L0, multiple, x.L0, ref top);
            var l1 = Limb.MultiplyAdd(modulus.L1, multiple, x.L1, ref top);
            var l2 = Limb.MultiplyAdd(modulus.L2, multiple, x.L2, ref top);
            var l3 = Limb.MultiplyAdd(modulus.L3, multiple, x.L3, ref top);
            x = UInt256.ShiftRight(new UInt256(l0, l1, l2, l3), top, count);
        }
    }

    /// <summary>−1 ÷ odd modulo 2⁶⁴: Newton's step doubles the number of right bits, from 3 to 96.</summary>
    private static ulong NegatedInverseOfLimb(ulong odd)
    {
        var inverse = odd;
        for (var i = 0; i < 5; i++)
            inverse *= 2 - odd * inverse;
        return 0 - inverse;
    }
}

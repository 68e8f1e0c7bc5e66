namespace Gapura.Protocol.Signatures.Arithmetic;

/// <summary>Width-w non-adjacent form: digits are zero or odd, below 2^(w−1) in size, and of any w neighbours one at most is not zero.</summary>
/// <remarks>Guide to Elliptic Curve Cryptography, section 3.3.1. Fewer digits, fewer additions of points.</remarks>
internal static class SignedDigits
{
    /// <summary>Digits of a number below 2¹²⁸: one for each bit, and one for the last carry.</summary>
    public const int Length = 129;

    /// <summary>Writes <see cref="Length"/> digits d so that the number is the sum of d[i] · 2^i. Width: 2 to 15.</summary>
    public static void Write(in SignedMagnitude number, int width, Span<short> digits)
    {
        digits[..Length].Clear();
        var magnitude = number.Magnitude;
        var carry = 0;
        var position = 0;
        while (position < Length)
        {
            if (Bits(magnitude, position, 1) == carry)
            {
                position++;
                continue;
            }

            var count = Math.Min(width, Length - position);
            var digit = Bits(magnitude, position, count) + carry;
            carry = digit >> (width - 1);
            digit -= carry << width;
            digits[position] = (short)(number.IsNegative ? -digit : digit);
            position += count;
        }
    }

    private static int Bits(in UInt256 number, int position, int count)
    {
        var (low, high) = (position >> 6) switch
        {
            0 => (number.L0, number.L1),
            1 => (number.L1, number.L2),
            _ => (number.L2, number.L3),
        };
        var shift = position & 63;
        var word = (low >> shift) | (shift == 0 ? 0 : high << (64 - shift));
        return (int)(word & ((1UL << count) - 1));
    }
}

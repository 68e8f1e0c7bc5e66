namespace Gapura.Kernel;

/// <summary>
/// Numbers below 2¹⁹⁰ as exactly 32 characters of <c>0-9A-Za-z</c>, most significant first. One number has one text
/// and one text has one number, so that no two session ids mean the same thing.
/// </summary>
internal static class Base62
{
    public const int Length = 32;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <param name="high">The upper 62 of the 190 bits.</param>
    /// <param name="low">The lower 128 bits.</param>
    public static string Encode(ulong high, UInt128 low) =>
        string.Create(Length, (high, low), static (text, number) =>
        {
            var (high, low) = number;
            for (var i = Length - 1; i >= 0; i--)
            {
                (high, var rest) = Math.DivRem(high, 62UL);
                var upper = ((UInt128)rest << 64) | (ulong)(low >> 64);
                var middle = upper / 62;
                var lower = ((upper % 62) << 64) | (ulong)low;
                low = (middle << 64) | (lower / 62);
                text[i] = Alphabet[(int)(lower % 62)];
            }
        });

    /// <summary>False for another length, another character, or a number of 2¹⁹⁰ and more.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out ulong high, out UInt128 low)
    {
        (high, low) = (0, 0);
        if (text.Length != Length) return false;
        foreach (var character in text)
        {
            var digit = Digit(character);
            if (digit < 0) return false;
            var lower = (UInt128)(ulong)low * 62 + (uint)digit;
            var middle = (low >> 64) * 62 + (lower >> 64);
            var upper = (UInt128)high * 62 + (middle >> 64);
            if (upper >> 62 != 0) return false;
            high = (ulong)upper;
            low = (middle << 64) | (ulong)lower;
        }

        return true;
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'Z' => c - 'A' + 10,
        >= 'a' and <= 'z' => c - 'a' + 36,
        _ => -1,
    };
}

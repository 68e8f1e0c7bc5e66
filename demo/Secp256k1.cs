using System.Globalization;
using System.Numerics;

namespace Gapura.Demo;

/// <summary>
/// The curve (SEC 2, section 2.4.1) in big integers. The framework does not know it on macOS, and the demo starts
/// there too. It takes its time and shows it to whoever measures: good for a toy's key and for no other.
/// </summary>
internal static class Secp256k1
{
    public static readonly BigInteger Order = Number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    private static readonly BigInteger P = Number("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
    private static readonly BigInteger Gx = Number("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    private static readonly BigInteger Gy = Number("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");

    /// <summary>The base point, taken this many times: 1 to <see cref="Order"/> − 1.</summary>
    public static (BigInteger X, BigInteger Y) MultiplyBase(BigInteger times)
    {
        (BigInteger X, BigInteger Y)? sum = null;
        (BigInteger X, BigInteger Y)? power = (Gx, Gy);
        for (; !times.IsZero; times >>= 1, power = Add(power, power))
        {
            if (!times.IsEven)
                sum = Add(sum, power);
        }

        return sum!.Value;
    }

    public static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber);

    // Points on y² = x³ + 7; null is the point at infinity.
    private static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? left, (BigInteger X, BigInteger Y)? right)
    {
        if (left is not { } a || right is not { } b)
            return left ?? right;
        if (a.X == b.X && a.Y != b.Y)
            return null;

        var slope = a.X == b.X ? 3 * a.X * a.X * Inverse(2 * a.Y) : (b.Y - a.Y) * Inverse(b.X - a.X);
        var x = Mod((slope * slope) - a.X - b.X);
        return (x, Mod((slope * (a.X - x)) - a.Y));
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value) => ((value % P) + P) % P;
}

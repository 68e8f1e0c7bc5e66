using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Gapura.Demo;

/// <summary>
/// A fresh secp256k1 key pair for the demo's phone. The framework does not know the curve on macOS, so the public
/// point is multiplied here: once, for a key that is written to demo.json in the clear anyway. A real phone makes its
/// key in its own secure storage.
/// </summary>
internal static class DeviceKey
{
    // SEC 2, section 2.4.1.
    private static readonly BigInteger P = Hex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
    private static readonly BigInteger N = Hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    private static readonly BigInteger Gx = Hex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    private static readonly BigInteger Gy = Hex("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");

    public static DemoDevice New()
    {
        while (true)
        {
            var key = RandomNumberGenerator.GetBytes(32);
            var secret = new BigInteger(key, isUnsigned: true, isBigEndian: true);
            if (secret > 0 && secret < N)
                return new(PublicKey(secret), Convert.ToHexStringLower(key));
        }
    }

    private static string PublicKey(BigInteger secret)
    {
        (BigInteger X, BigInteger Y)? sum = null;
        (BigInteger X, BigInteger Y)? power = (Gx, Gy);
        for (; !secret.IsZero; secret >>= 1, power = Add(power, power))
        {
            if (!secret.IsEven)
                sum = Add(sum, power);
        }

        return "04" + Hex(sum!.Value.X) + Hex(sum.Value.Y);
    }

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

    private static BigInteger Hex(string digits) => BigInteger.Parse("0" + digits, NumberStyles.HexNumber);

    private static string Hex(BigInteger value) =>
        Convert.ToHexStringLower(value.ToByteArray(isUnsigned: true, isBigEndian: true)).PadLeft(64, '0');
}

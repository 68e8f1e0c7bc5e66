using System.Globalization;
using System.Numerics;
using Gapura.Protocol.Signatures.Arithmetic;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>secp256k1 with big integers and schoolbook formulas: slow, and independent of the code under test. Null is infinity.</summary>
internal static class ReferenceCurve
{
    public static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    public static readonly BigInteger N = Hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141");

    public static readonly (BigInteger X, BigInteger Y) G = (
        Hex("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798"),
        Hex("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8"));

    /// <summary>[i][j] is (j + 1) · 256^i · G, so that a multiplication is at most 32 additions.</summary>
    private static readonly (BigInteger X, BigInteger Y)[][] BytesOfG = MultiplesOfPowers();

    /// <summary>The values where carries, folds and comparisons change their minds.</summary>
    public static IEnumerable<BigInteger> EdgesOf(BigInteger modulus)
    {
        foreach (var centre in new[]
        {
            0, modulus, modulus / 2, BigInteger.Pow(2, 32), BigInteger.Pow(2, 64), BigInteger.Pow(2, 128),
            BigInteger.Pow(2, 192), BigInteger.Pow(2, 255), BigInteger.Pow(2, 256) - modulus, N, P - N,
        })
        {
            for (var offset = -2; offset <= 2; offset++)
            {
                var edge = centre + offset;
                if (edge >= 0 && edge < modulus)
                    yield return edge;
            }
        }
    }

    public static (BigInteger X, BigInteger Y)? MultiplyG(BigInteger scalar)
    {
        (BigInteger, BigInteger)? sum = null;
        var bytes = Mod(scalar, N).ToByteArray(isUnsigned: true);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
                sum = Add(sum, BytesOfG[i][bytes[i] - 1]);
        }

        return sum;
    }

    public static (BigInteger X, BigInteger Y)? Multiply(BigInteger scalar, (BigInteger X, BigInteger Y)? point)
    {
        (BigInteger, BigInteger)? sum = null;
        for (scalar = Mod(scalar, N); scalar > 0; scalar >>= 1)
        {
            if (!scalar.IsEven)
                sum = Add(sum, point);
            point = Add(point, point);
        }

        return sum;
    }

    public static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? left, (BigInteger X, BigInteger Y)? right)
    {
        if (left is not { } a)
            return right;
        if (right is not { } b)
            return left;
        if (a.X == b.X && Mod(a.Y + b.Y, P) == 0)
            return null;
        var slope = a == b
            ? 3 * a.X * a.X * Invert(2 * a.Y, P)
            : (b.Y - a.Y) * Invert(b.X - a.X, P);
        var x = Mod(slope * slope - a.X - b.X, P);
        return (x, Mod(slope * (a.X - x) - a.Y, P));
    }

    /// <summary>The point with this x and an even y, or null when there is none.</summary>
    public static (BigInteger X, BigInteger Y)? Lift(BigInteger x)
    {
        var square = Mod(x * x * x + 7, P);
        var root = BigInteger.ModPow(square, (P + 1) / 4, P);
        if (root * root % P != square)
            return null;
        return (x, root.IsEven ? root : P - root);
    }

    public static BigInteger Mod(BigInteger value, BigInteger modulus)
    {
        var remainder = value % modulus;
        return remainder.Sign < 0 ? remainder + modulus : remainder;
    }

    public static BigInteger Invert(BigInteger value, BigInteger modulus)
    {
        var (a, b, x, y) = (Mod(value, modulus), modulus, BigInteger.One, BigInteger.Zero);
        while (!a.IsZero)
        {
            var quotient = b / a;
            (a, b) = (b - quotient * a, a);
            (x, y) = (y - quotient * x, x);
        }

        return Mod(y, modulus);
    }

    public static byte[] Bytes32(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    public static UInt256 Limbs(BigInteger value) => UInt256.ReadBigEndian(Bytes32(value));

    public static BigInteger Big(UInt256 value) => Hex(value.ToString());

    public static BigInteger Hex(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static (BigInteger X, BigInteger Y)[][] MultiplesOfPowers()
    {
        var table = new (BigInteger X, BigInteger Y)[32][];
        var power = G;
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = new (BigInteger X, BigInteger Y)[255];
            table[i][0] = power;
            for (var j = 1; j < 255; j++)
                table[i][j] = Add(table[i][j - 1], power)!.Value;
            power = Add(table[i][254], power)!.Value;
        }

        return table;
    }
}

using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Demo;

/// <summary>
/// The demo phone's secp256k1 key: made once, written to demo.json in the clear, and used by the demo's toy phone. A
/// real phone makes its key in its own secure storage, and the key never leaves it.
/// </summary>
internal static class DeviceKey
{
    public static DemoDevice New()
    {
        var secret = Secret();
        var (x, y) = Secp256k1.MultiplyBase(secret);
        return new("04" + Hex(x) + Hex(y), Hex(secret));
    }

    /// <returns>ECDSA over SHA-256 of the text's UTF-8 bytes (SEC 1, section 4.1.3), DER in hex.</returns>
    public static string Sign(DemoDevice device, string text)
    {
        var hash = new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(text)), isUnsigned: true, isBigEndian: true);
        while (true)
        {
            var once = Secret();
            var r = Secp256k1.MultiplyBase(once).X % Secp256k1.Order;
            var s = (hash + (r * Secp256k1.Number(device.PrivateKey))) * BigInteger.ModPow(once, Secp256k1.Order - 2, Secp256k1.Order) % Secp256k1.Order;
            if (!r.IsZero && !s.IsZero)
                return Der(r, s);
        }
    }

    private static BigInteger Secret()
    {
        while (true)
        {
            var secret = new BigInteger(RandomNumberGenerator.GetBytes(32), isUnsigned: true, isBigEndian: true);
            if (secret > 0 && secret < Secp256k1.Order)
                return secret;
        }
    }

    private static string Der(BigInteger r, BigInteger s)
    {
        byte[] pair = [.. Integer(r), .. Integer(s)];
        return Convert.ToHexStringLower([0x30, (byte)pair.Length, .. pair]);
    }

    // Big-endian and signed, as short as can be: exactly DER's INTEGER.
    private static byte[] Integer(BigInteger value)
    {
        var bytes = value.ToByteArray(isBigEndian: true);
        return [0x02, (byte)bytes.Length, .. bytes];
    }

    private static string Hex(BigInteger value) =>
        Convert.ToHexStringLower(value.ToByteArray(isUnsigned: true, isBigEndian: true)).PadLeft(64, '0');
}

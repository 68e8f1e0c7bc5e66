using System.Globalization;
using System.Numerics;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands.Verify;

/// <summary>Why a public key cannot be read, in the words of whoever writes the signer.</summary>
internal static class KeyFault
{
    private const string Wanted = "the key must be the uncompressed point, 04, x, y: 130 hex characters";
    private const string EcPublicKeyOid = "06072a8648ce3d0201";
    private const string Secp256k1Oid = "06052b8104000a";

    /// <param name="hex">Something <see cref="DevicePublicKey.TryParse(string?, out DevicePublicKey?)"/> refuses.</param>
    public static string Explain(string hex)
    {
        var lower = hex.ToLowerInvariant();
        if (hex.Length == 0) return $"the public key is empty; {Wanted}.";
        if (hex.Contains("-----BEGIN", StringComparison.Ordinal)) return $"the public key is a PEM file; {Wanted}: the last 65 bytes of what `openssl ec -pubin -outform DER` prints.";
        if (lower.StartsWith("0x", StringComparison.Ordinal)) return $"the public key begins with 0x; {Wanted}, without a prefix.";
        if (hex.Any(c => !char.IsAsciiHexDigit(c))) return $"the public key is not hex: '{Visible(hex.First(c => !char.IsAsciiHexDigit(c)))}' is not a hex character; {Wanted}.";
        if (lower.StartsWith("30", StringComparison.Ordinal) && lower.Contains(EcPublicKeyOid, StringComparison.Ordinal))
        {
            return lower.Contains(Secp256k1Oid, StringComparison.Ordinal)
                ? $"the public key is wrapped in SubjectPublicKeyInfo (DER); {Wanted}: its last 65 bytes."
                : "the public key is wrapped in SubjectPublicKeyInfo (DER) and belongs to another curve than secp256k1.";
        }

        return (hex.Length, lower[..Math.Min(2, hex.Length)]) switch
        {
            (66, "02" or "03") => $"the public key is compressed (02 or 03 and x); {Wanted}.",
            (128, _) => $"the public key has 128 hex characters: the leading 04 is missing; {Wanted}.",
            (DevicePublicKey.HexLength, "06" or "07") => $"the public key has the hybrid form (06 or 07); {Wanted}.",
            (DevicePublicKey.HexLength, not "04") => $"the public key begins with {lower[..2]}; {Wanted}.",
            (DevicePublicKey.HexLength, _) => NotOnCurve(lower),
            _ => $"the public key has {hex.Length} characters; {Wanted}.",
        };
    }

    private static string NotOnCurve(string hex)
    {
        var (x, y) = (Number(hex[2..66]), Number(hex[66..]));
        return IsOnP256(x, y)
            ? "the public key is a point of P-256 (prime256v1), not of secp256k1: make the key pair on secp256k1."
            : "the public key is not a point of the curve secp256k1: some of its characters are wrong, or x and y are swapped or of another curve.";
    }

    // SEC 2 v2, section 2.4.2: y² = x³ − 3x + b. The usual slip, because most libraries take this curve unasked.
    private static bool IsOnP256(BigInteger x, BigInteger y)
    {
        var p = Number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        var b = Number("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
        return x < p && y < p && (y * y - (x * x * x - 3 * x + b)) % p == 0;
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Visible(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : c.ToString();
}

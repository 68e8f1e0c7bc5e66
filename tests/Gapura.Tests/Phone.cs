using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Tests;

/// <summary>Somebody's phone: a secp256k1 key of .NET's own and the wire's hex, nothing of ours.</summary>
internal sealed class Phone : IDisposable
{
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));

    public Phone()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!);
    }

    public string PublicKey { get; }

    public string Sign(string text)
    {
        var (r, s) = Numbers(text);
        return Der(r, s);
    }

    /// <summary>Two signatures over the text that both verify: s, and n − s.</summary>
    public (string Signature, string Twin) SignTwice(string text)
    {
        var (r, s) = Numbers(text);
        return (Der(r, s), Der(r, Order - s));
    }

    public void Dispose() => _key.Dispose();

    private (BigInteger R, BigInteger S) Numbers(string text)
    {
        var pair = _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return (new BigInteger(pair.AsSpan(0, 32), isUnsigned: true, isBigEndian: true), new BigInteger(pair.AsSpan(32), isUnsigned: true, isBigEndian: true));
    }

    private static string Der(BigInteger r, BigInteger s)
    {
        byte[] body = [.. Integer(r), .. Integer(s)];
        return Convert.ToHexStringLower([0x30, (byte)body.Length, .. body]);
    }

    private static byte[] Integer(BigInteger number)
    {
        var bytes = number.ToByteArray(isBigEndian: true);
        return [0x02, (byte)bytes.Length, .. bytes];
    }
}

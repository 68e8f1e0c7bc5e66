using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Tokens;

/// <summary>An RSA key of 2048 bits for RS256 (RFC 7518 section 3.3).</summary>
internal sealed class RsaSigningKey : SigningKey
{
    private const int Bits = 2048;
    private readonly KeyCopies<RSA> _copies;

    /// <param name="pkcs8">PKCS #8 private key.</param>
    public RsaSigningKey(byte[] pkcs8)
    {
        _copies = new(() =>
        {
            var key = RSA.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key;
        });
        var first = _copies.Take();
        var parts = first.ExportParameters(includePrivateParameters: false);
        _copies.GiveBack(first);
        (Modulus, Exponent) = (Base64Url.EncodeToString(parts.Modulus), Base64Url.EncodeToString(parts.Exponent));
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"e":"{{Exponent}}","kty":"RSA","n":"{{Modulus}}"}""")));
    }

    public override string Id { get; }

    public override SigningAlgorithm Algorithm => SigningAlgorithm.Rs256;

    /// <summary><c>n</c>: base64url of 256 bytes.</summary>
    public string Modulus { get; }

    /// <summary><c>e</c>: base64url of 3 bytes.</summary>
    public string Exponent { get; }

    public override int SignatureLength => Bits / 8;

    public override void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var key = _copies.Take();
        key.SignData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _copies.GiveBack(key);
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength) return false;
        var key = _copies.Take();
        var isRight = key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _copies.GiveBack(key);
        return isRight;
    }

    public static byte[] NewPkcs8()
    {
        using var key = RSA.Create(Bits);
        return key.ExportPkcs8PrivateKey();
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Tokens;

/// <summary>A P-256 key for ES256 (RFC 7518 section 3.4).</summary>
internal sealed class EcSigningKey : SigningKey
{
    private readonly KeyCopies<ECDsa> _copies;

    /// <param name="pkcs8">PKCS #8 private key.</param>
    public EcSigningKey(byte[] pkcs8)
    {
        _copies = new(() =>
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key;
        });
        var first = _copies.Take();
        var point = first.ExportParameters(includePrivateParameters: false).Q;
        _copies.GiveBack(first);
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
    }

    public override string Id { get; }

    public override SigningAlgorithm Algorithm => SigningAlgorithm.Es256;

    /// <summary>Coordinates of the public point, base64url of 32 bytes.</summary>
    public string X { get; }

    public string Y { get; }

    public override int SignatureLength => 64;

    public override void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        var key = _copies.Take();
        key.SignHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _copies.GiveBack(key);
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength) return false;
        var key = _copies.Take();
        var isRight = key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _copies.GiveBack(key);
        return isRight;
    }

    public static byte[] NewPkcs8()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }
}

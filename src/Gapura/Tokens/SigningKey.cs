using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Tokens;

/// <summary>A P-256 key for ES256 (RFC 7518 section 3.4). Its id is its own thumbprint (RFC 7638).</summary>
internal sealed class SigningKey
{
    // An ECDsa object is not promised to be safe for two threads at once; a few copies let cores sign side by side.
    private readonly ConcurrentBag<ECDsa> _idle = [];
    private readonly byte[] _pkcs8;

    /// <param name="pkcs8">PKCS #8 private key.</param>
    public SigningKey(byte[] pkcs8)
    {
        _pkcs8 = pkcs8;
        var point = With(key => key.ExportParameters(includePrivateParameters: false).Q);
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
    }

    public string Id { get; }

    /// <summary>Coordinates of the public point, base64url of 32 bytes.</summary>
    public string X { get; }

    public string Y { get; }

    /// <summary>64 bytes, r‖s.</summary>
    public byte[] Sign(byte[] data) => With(key => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public bool Verify(byte[] data, byte[] signature) =>
        signature.Length == 64 && With(key => key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public static byte[] NewPkcs8()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    private T With<T>(Func<ECDsa, T> work)
    {
        if (!_idle.TryTake(out var key))
        {
            key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(_pkcs8, out _);
        }

        var result = work(key);
        _idle.Add(key);
        return result;
    }
}

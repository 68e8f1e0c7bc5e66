using System.Security.Cryptography;
using System.Text;

namespace Gapura.Bench.Running;

/// <summary>A phone with a secp256k1 key, made of the framework's own classes.</summary>
internal sealed class Phone : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secP256k1"));

    public Phone()
    {
        var q = _key.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = "04" + Convert.ToHexStringLower(q.X!) + Convert.ToHexStringLower(q.Y!);
    }

    public string PublicKey { get; }

    public string Sign(string text) => Convert.ToHexStringLower(_key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public void Dispose() => _key.Dispose();
}

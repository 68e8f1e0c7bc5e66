using System.Security.Cryptography;
using System.Text;

namespace Gapura.Bench.Running;

/// <summary>A phone with a secp256k1 key. It signs with libsecp256k1: thirty microseconds, so that thousands can sign before a measurement begins.</summary>
internal sealed class Phone
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public Phone() => PublicKey = Convert.ToHexStringLower(Secp256k1.PublicKey(_secret));

    public string PublicKey { get; }

    public string Sign(string text) => Convert.ToHexStringLower(Secp256k1.Sign(_secret, SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}

namespace Gapura.Protocol.Signatures;

/// <summary>Answers whether a device's key made a signature: ECDSA on secp256k1. Safe to use from many threads.</summary>
public interface ISignatureVerifier
{
    /// <summary>What does the arithmetic, for the log and the operator: "libsecp256k1 (libsecp256k1.so.1)", "managed".</summary>
    string Name { get; }

    /// <summary>
    /// False when the hash is not 32 bytes, the signature is not one that <see cref="DerSignature"/> reads, or the key
    /// did not make it. No input from outside makes this throw.
    /// </summary>
    bool Verify(DevicePublicKey key, ReadOnlySpan<byte> sha256Hash, ReadOnlySpan<byte> derSignature);
}

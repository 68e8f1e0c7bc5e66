using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Gapura.Protocol.Signatures;

/// <summary>The fast verifier: libsecp256k1 from the system's packages, behind our own readers of keys and signatures.</summary>
/// <remarks>
/// The library is handed r‖s and never DER, which it would read less strictly, and only a key we have parsed: it
/// would take the hybrid forms too.
/// </remarks>
public sealed class NativeSecp256k1 : ISignatureVerifier
{
    private readonly Secp256k1Library _library;

    private NativeSecp256k1(Secp256k1Library library) => _library = library;

    public string Name => $"libsecp256k1 ({_library.FileName})";

    /// <summary>Loads the library, without trying it out; <see cref="SignatureVerifiers.Best"/> does both.</summary>
    /// <param name="verifier">Null when it returns false.</param>
    /// <param name="reason">Why it could not be loaded; empty when it was.</param>
    public static bool TryLoad([NotNullWhen(true)] out NativeSecp256k1? verifier, out string reason)
    {
        verifier = Secp256k1Library.TryLoad(out var library, out reason) ? new NativeSecp256k1(library) : null;
        return verifier is not null;
    }

    /// <inheritdoc/>
    public bool Verify(DevicePublicKey key, ReadOnlySpan<byte> sha256Hash, ReadOnlySpan<byte> derSignature)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (sha256Hash.Length != SHA256.HashSizeInBytes || !DerSignature.TryRead(derSignature, out var signature))
            return false;
        Span<byte> keyBytes = stackalloc byte[DevicePublicKey.ByteLength];
        key.CopyTo(keyBytes);
        Span<byte> compact = stackalloc byte[DerSignature.CompactLength];
        signature.CopyTo(compact);
        return _library.Verify(keyBytes, sha256Hash, compact);
    }
}

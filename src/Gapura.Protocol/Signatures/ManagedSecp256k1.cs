using System.Security.Cryptography;
using Gapura.Protocol.Signatures.Arithmetic;

namespace Gapura.Protocol.Signatures;

/// <summary>The verifier that needs nothing but .NET. It never signs, so no secret passes through it.</summary>
public sealed class ManagedSecp256k1 : ISignatureVerifier
{
    public string Name => "managed";

    /// <inheritdoc/>
    /// <remarks>SEC 1 v2, section 4.1.4.</remarks>
    public bool Verify(DevicePublicKey key, ReadOnlySpan<byte> sha256Hash, ReadOnlySpan<byte> derSignature)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (sha256Hash.Length != SHA256.HashSizeInBytes || !DerSignature.TryRead(derSignature, out var signature))
            return false;
        var hash = Scalar.Reduce(UInt256.ReadBigEndian(sha256Hash));
        var inverse = Scalar.Invert(signature.S);
        var point = DoubleMultiplication.Compute(hash * inverse, signature.R * inverse, key.Point);
        return !point.IsInfinity && HasXModuloOrder(point, signature.R.Value);
    }

    /// <summary>Whether x modulo n is r. Since x is below p, which is a little above n, x is either r or r + n.</summary>
    private static bool HasXModuloOrder(in JacobianPoint point, in UInt256 r)
    {
        if (FieldElement.TryCreate(r, out var x) && point.HasX(x))
            return true;
        var wrapped = UInt256.Add(r, Scalar.Order, out var carry);
        return carry == 0 && FieldElement.TryCreate(wrapped, out x) && point.HasX(x);
    }
}

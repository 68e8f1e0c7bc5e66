using System.Runtime.InteropServices;
using Gapura.Protocol.Signatures.Arithmetic;

namespace Gapura.Protocol.Signatures;

/// <summary>An ECDSA signature on secp256k1: two numbers r and s, each from 1 to n − 1, n being the order of the group.</summary>
/// <remarks>
/// Only the one DER form of a pair is read (SEC 1 v2, section C.8; X.690, chapter 10): every byte of it is forced.
/// High s is accepted, so each signature still has a twin with n − s: its bytes must never serve as an identity.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct DerSignature
{
    /// <summary>The longest form: a header of 2 bytes, and twice a header of 2, a zero and 32 bytes.</summary>
    public const int MaxLength = 72;

    /// <summary>Bytes of r and s side by side.</summary>
    public const int CompactLength = 2 * UInt256.ByteLength;

    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    private DerSignature(in Scalar r, in Scalar s)
    {
        R = r;
        S = s;
    }

    internal Scalar R { get; }

    internal Scalar S { get; }

    /// <summary>
    /// False for anything but at most <see cref="MaxLength"/> bytes that are a SEQUENCE of two INTEGERs with short-form
    /// lengths, positive, without a superfluous zero, from 1 to n − 1, and nothing after them.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> der, out DerSignature signature)
    {
        signature = default;
        if (der.Length is < 2 or > MaxLength || der[0] != Sequence || der[1] != der.Length - 2)
            return false;
        var rest = der[2..];
        if (!TryReadScalar(ref rest, out var r) || !TryReadScalar(ref rest, out var s) || !rest.IsEmpty)
            return false;
        signature = new DerSignature(r, s);
        return true;
    }

    /// <summary>Writes r, then s: <see cref="CompactLength"/> bytes, each number most significant byte first.</summary>
    /// <exception cref="ArgumentException">The destination is shorter.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < CompactLength)
            throw new ArgumentException("The destination must have 64 bytes.", nameof(destination));
        R.Value.WriteBigEndian(destination);
        S.Value.WriteBigEndian(destination[UInt256.ByteLength..]);
    }

    private static bool TryReadScalar(ref ReadOnlySpan<byte> rest, out Scalar scalar)
    {
        scalar = default;
        if (rest.Length < 3 || rest[0] != Integer || rest[1] == 0 || rest[1] > rest.Length - 2)
            return false;
        var content = rest.Slice(2, rest[1]);
        rest = rest[(2 + content.Length)..];
        if (content[0] >= 0x80)
            return false; // negative
        if (content[0] == 0 && content.Length > 1)
        {
            content = content[1..];
            if (content[0] < 0x80)
                return false; // the zero before it was not needed
        }

        if (content.Length > UInt256.ByteLength)
            return false;
        Span<byte> padded = stackalloc byte[UInt256.ByteLength];
        padded.Clear();
        content.CopyTo(padded[(padded.Length - content.Length)..]);
        return Scalar.TryCreate(UInt256.ReadBigEndian(padded), out scalar) && !scalar.IsZero;
    }
}

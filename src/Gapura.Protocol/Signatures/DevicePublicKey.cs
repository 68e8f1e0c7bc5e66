using System.Diagnostics.CodeAnalysis;
using Gapura.Protocol.Signatures.Arithmetic;

namespace Gapura.Protocol.Signatures;

/// <summary>A device's public key: a point of secp256k1 that is not infinity. Whoever holds one need not check it again.</summary>
/// <remarks>
/// The only form is the uncompressed one: 04, x, y, 65 bytes, 130 hex characters (SEC 1 v2, section 2.3.3).
/// Compressed (02, 03) and hybrid (06, 07) forms are refused, so that one key has one name.
/// </remarks>
public sealed class DevicePublicKey : IEquatable<DevicePublicKey>
{
    public const int ByteLength = 1 + 2 * UInt256.ByteLength;

    public const int HexLength = 2 * ByteLength;

    private const byte Uncompressed = 0x04;

    private string? _hex;

    private DevicePublicKey(in AffinePoint point) => Point = point;

    /// <summary>The wire form in lower case, by which a key is stored and found.</summary>
    public string Hex => _hex ??= ToHex();

    internal AffinePoint Point { get; }

    /// <summary>Reads 130 hex characters of either case; false for anything else, and for null.</summary>
    public static bool TryParse([NotNullWhen(true)] string? hex, [NotNullWhen(true)] out DevicePublicKey? key) =>
        TryParse(hex.AsSpan(), out key);

    /// <summary>Reads 130 hex characters of either case; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, [NotNullWhen(true)] out DevicePublicKey? key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[ByteLength];
        return hex.Length == HexLength
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            && TryFromBytes(bytes, out key);
    }

    /// <summary>Reads 65 bytes; false when the form, a coordinate or the curve is not right.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DevicePublicKey? key)
    {
        key = null;
        if (bytes.Length != ByteLength || bytes[0] != Uncompressed)
            return false;
        if (!FieldElement.TryCreate(UInt256.ReadBigEndian(bytes[1..]), out var x)
            || !FieldElement.TryCreate(UInt256.ReadBigEndian(bytes[(1 + UInt256.ByteLength)..]), out var y))
            return false;
        var point = new AffinePoint(x, y);
        if (!point.IsOnCurve)
            return false;
        key = new DevicePublicKey(point);
        return true;
    }

    /// <summary>Writes the 65 bytes.</summary>
    /// <exception cref="ArgumentException">The destination is shorter.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < ByteLength)
            throw new ArgumentException("The destination must have 65 bytes.", nameof(destination));
        destination[0] = Uncompressed;
        Point.X.Value.WriteBigEndian(destination[1..]);
        Point.Y.Value.WriteBigEndian(destination[(1 + UInt256.ByteLength)..]);
    }

    public bool Equals([NotNullWhen(true)] DevicePublicKey? other) => other is not null && Point == other.Point;

    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as DevicePublicKey);

    public override int GetHashCode() => Point.GetHashCode();

    public static bool operator ==(DevicePublicKey? left, DevicePublicKey? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(DevicePublicKey? left, DevicePublicKey? right) => !(left == right);

    public override string ToString() => Hex;

    private string ToHex()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}

using System.Formats.Asn1;
using System.Numerics;
using Gapura.Protocol.Signatures;
using static Gapura.Protocol.Tests.Signatures.ReferenceCurve;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>One question to a verifier, as numbers, so that a test can break any of them. Made without the code under test.</summary>
internal sealed record SignedHash(BigInteger KeyX, BigInteger KeyY, byte[] Hash, BigInteger R, BigInteger S)
{
    public byte[] KeyBytes => [4, .. Bytes32(KeyX), .. Bytes32(KeyY)];

    public DevicePublicKey Key => DevicePublicKey.TryFromBytes(KeyBytes, out var key)
        ? key
        : throw new InvalidOperationException("The test made a point that is not on the curve.");

    public byte[] Der
    {
        get
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger(R);
                writer.WriteInteger(S);
            }

            return writer.Encode();
        }
    }

    public byte[] Compact => [.. Bytes32(R), .. Bytes32(S)];

    /// <summary>A valid signature of a random hash by a random key.</summary>
    public static SignedHash Random(SeededBytes random)
    {
        var (secret, nonce, hash) = (random.NextScalar(), random.NextScalar(), random.Next32());
        var (keyX, keyY) = MultiplyG(secret)!.Value;
        var r = MultiplyG(nonce)!.Value.X % N;
        var e = new BigInteger(hash, isUnsigned: true, isBigEndian: true);
        var s = (e + r * secret) * Invert(nonce, N) % N;
        return new SignedHash(keyX, keyY, hash, r, s);
    }

    /// <summary>The valid signature that makes a verifier compute u1 · G + u2 · (secret · G); null when there is none.</summary>
    public static SignedHash? ThatComputes(BigInteger u1, BigInteger u2, BigInteger secret)
    {
        if (MultiplyG(u1 + u2 * secret) is not { } point || MultiplyG(secret) is not { } key || u2 % N == 0)
            return null;
        return FromPoint(u1, u2, point.X, key);
    }

    /// <summary>The valid signature whose point is the given one, by the one key for which that is so.</summary>
    public static SignedHash ThatReaches((BigInteger X, BigInteger Y) point, BigInteger u1, BigInteger u2)
    {
        var key = Multiply(Invert(u2, N), Add(point, MultiplyG(N - u1)))!.Value;
        return FromPoint(u1, u2, point.X, key);
    }

    private static SignedHash FromPoint(BigInteger u1, BigInteger u2, BigInteger x, (BigInteger X, BigInteger Y) key)
    {
        var r = x % N;
        var s = r * Invert(u2, N) % N;
        return new SignedHash(key.X, key.Y, Bytes32(u1 * s % N), r, s);
    }

    public override string ToString() =>
        $"key {Convert.ToHexStringLower(KeyBytes)}, hash {Convert.ToHexStringLower(Hash)}, r‖s {Convert.ToHexStringLower(Compact)}";
}

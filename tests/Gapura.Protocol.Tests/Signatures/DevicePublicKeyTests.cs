using System.Numerics;
using Gapura.Protocol.Signatures;
using Xunit;
using static Gapura.Protocol.Tests.Signatures.ReferenceCurve;

namespace Gapura.Protocol.Tests.Signatures;

public sealed class DevicePublicKeyTests
{
    private static readonly string Valid = WireForm(G.X, G.Y);

    [Fact]
    public void A_point_of_the_curve_is_read_and_written_back()
    {
        var random = new SeededBytes("keys");
        for (var i = 0; i < 100; i++)
        {
            var (x, y) = MultiplyG(random.NextScalar())!.Value;
            Assert.True(DevicePublicKey.TryParse(WireForm(x, y), out var key));
            Assert.Equal(WireForm(x, y), key.Hex);
            Assert.Equal(key.Hex, key.ToString());
            var bytes = new byte[DevicePublicKey.ByteLength];
            key.CopyTo(bytes);
            Assert.True(DevicePublicKey.TryFromBytes(bytes, out var same));
            Assert.Equal(key, same);
        }
    }

    [Fact]
    public void Upper_case_is_read_and_becomes_lower_case()
    {
        Assert.True(DevicePublicKey.TryParse(Valid.ToUpperInvariant(), out var key));
        Assert.Equal(Valid, key.Hex);
    }

    [Fact]
    public void Equality_is_that_of_the_point()
    {
        Assert.True(DevicePublicKey.TryParse(Valid, out var key));
        Assert.True(DevicePublicKey.TryParse(Valid.ToUpperInvariant(), out var same));
        Assert.True(DevicePublicKey.TryParse(WireForm(G.X, P - G.Y), out var opposite));
        Assert.True(key == same && key.Equals((object)same) && key.GetHashCode() == same.GetHashCode());
        Assert.True(key != opposite && !key.Equals(null) && key != null);
    }

    [Fact]
    public void Only_the_uncompressed_form_is_read()
    {
        for (var first = 0; first < 256; first++)
            Assert.Equal(first == 4, DevicePublicKey.TryParse($"{first:x2}{Valid[2..]}", out _));
        Assert.False(DevicePublicKey.TryParse("02" + Valid[2..66], out _));
        Assert.False(DevicePublicKey.TryParse("03" + Valid[2..66], out _));
        Assert.False(DevicePublicKey.TryParse("00", out _));
    }

    [Fact]
    public void Another_length_is_refused()
    {
        for (var length = 0; length < Valid.Length; length++)
            Assert.False(DevicePublicKey.TryParse(Valid[..length], out _));
        Assert.False(DevicePublicKey.TryParse(Valid + "0", out _));
        Assert.False(DevicePublicKey.TryParse(Valid + "00", out _));
        Assert.False(DevicePublicKey.TryParse("0x" + Valid[2..], out _));
        Assert.False(DevicePublicKey.TryParse(null, out _));
        Assert.False(DevicePublicKey.TryFromBytes([], out _));
    }

    [Fact]
    public void A_character_that_is_not_hex_is_refused_wherever_it_stands()
    {
        foreach (var character in " gG-\0é٤４\uD800")
        {
            for (var at = 0; at < Valid.Length; at++)
                Assert.False(DevicePublicKey.TryParse(Valid.Remove(at, 1).Insert(at, character.ToString()), out _));
        }
    }

    [Fact]
    public void A_point_beside_the_curve_is_refused()
    {
        Assert.False(DevicePublicKey.TryParse(WireForm(0, 0), out _));
        Assert.False(DevicePublicKey.TryParse(WireForm(G.X, 0), out _));
        Assert.False(DevicePublicKey.TryParse(WireForm(0, G.Y), out _));
        Assert.False(DevicePublicKey.TryParse(WireForm(G.Y, G.X), out _));
        for (var bit = 8; bit < 8 * DevicePublicKey.ByteLength; bit++)
        {
            var bytes = Convert.FromHexString(Valid);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(DevicePublicKey.TryFromBytes(bytes, out _));
        }
    }

    [Fact]
    public void A_coordinate_of_p_or_more_is_refused_though_its_remainder_is_on_the_curve()
    {
        var refused = 0;
        for (BigInteger x = 0; x < BigInteger.Pow(2, 256) - P && refused < 20; x++)
        {
            if (Lift(x) is not { } point)
                continue;
            Assert.True(DevicePublicKey.TryParse(WireForm(point.X, point.Y), out _));
            Assert.False(DevicePublicKey.TryParse(WireForm(point.X + P, point.Y), out _));
            refused++;
        }

        Assert.Equal(20, refused);
        Assert.False(DevicePublicKey.TryParse(WireForm(P, P), out _));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_a_fault()
    {
        Assert.True(DevicePublicKey.TryParse(Valid, out var key));
        Assert.Throws<ArgumentException>(() => key.CopyTo(new byte[DevicePublicKey.ByteLength - 1]));
    }

    private static string WireForm(BigInteger x, BigInteger y) =>
        "04" + Convert.ToHexStringLower([.. Bytes32(x), .. Bytes32(y)]);
}

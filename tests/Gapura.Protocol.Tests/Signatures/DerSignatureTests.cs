using System.Numerics;
using Gapura.Protocol.Signatures;
using Xunit;
using static Gapura.Protocol.Tests.Signatures.ReferenceCurve;

namespace Gapura.Protocol.Tests.Signatures;

public sealed class DerSignatureTests
{
    private static readonly SignedHash Valid = SignedHash.Random(new SeededBytes("DER"));

    [Theory]
    [InlineData("3006020101020101", "1", "1")]
    [InlineData("300602017f02017f", "7f", "7f")]
    [InlineData("30080202008002020080", "80", "80")]
    [InlineData("30080202010002020100", "100", "100")]
    public void Small_numbers_are_read(string der, string r, string s) =>
        Assert.Equal((Hex(r), Hex(s)), Read(Convert.FromHexString(der)));

    [Fact]
    public void The_largest_numbers_are_read_in_72_bytes_with_s_high()
    {
        var largest = Valid with { R = N - 1, S = N - 1 };
        Assert.Equal(DerSignature.MaxLength, largest.Der.Length);
        Assert.Equal((N - 1, N - 1), Read(largest.Der));
    }

    [Fact]
    public void Numbers_of_every_length_are_read()
    {
        for (var bits = 0; bits < 256; bits++)
        {
            var signature = Valid with { R = BigInteger.Pow(2, bits), S = BigInteger.Pow(2, 255 - bits) };
            Assert.Equal((signature.R, signature.S), Read(signature.Der));
        }
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("30", "only a tag")]
    [InlineData("3000", "an empty sequence")]
    [InlineData("3003020101", "one number")]
    [InlineData("3109020101020101020101", "three numbers in a set")]
    [InlineData("3009020101020101020101", "three numbers")]
    [InlineData("3106020101020101", "a set")]
    [InlineData("3006030101020101", "r as a bit string")]
    [InlineData("3006020101040101", "s as an octet string")]
    [InlineData("308106020101020101", "a long-form length")]
    [InlineData("30820006020101020101", "a longer long-form length")]
    [InlineData("300702810101020101", "a long-form length of r")]
    [InlineData("30070201010281010100", "a long-form length of s")]
    [InlineData("3080020101020101", "an indefinite length")]
    [InlineData("30800201010201010000", "an indefinite length, ended")]
    [InlineData("3005020101020101", "a length too short")]
    [InlineData("3007020101020101", "a length too long")]
    [InlineData("300602010102010100", "a byte after the sequence")]
    [InlineData("300702010102010100", "a byte after s")]
    [InlineData("30050200020101", "an r of no bytes")]
    [InlineData("30050201010200", "an s of no bytes")]
    [InlineData("300702020001020101", "a zero before r")]
    [InlineData("300702010102020001", "a zero before s")]
    [InlineData("300702020000020101", "zero in two bytes")]
    [InlineData("3006020181020101", "a negative r")]
    [InlineData("30060201010201ff", "a negative s")]
    [InlineData("3006020100020101", "r = 0")]
    [InlineData("3006020101020100", "s = 0")]
    [InlineData("3006020102020101ff", "a byte too many")]
    [InlineData("30060202010102", "r reaching into s")]
    [InlineData("3006020101027f01", "an s longer than the signature")]
    public void Anything_else_is_refused(string der, string because) =>
        Assert.False(DerSignature.TryRead(Convert.FromHexString(der), out _), because);

    [Fact]
    public void Numbers_of_the_order_and_above_are_refused()
    {
        foreach (var number in new[] { N, N + 1, P, BigInteger.Pow(2, 256) - 1, BigInteger.Pow(2, 256) })
        {
            Assert.False(DerSignature.TryRead((Valid with { R = number }).Der, out _));
            Assert.False(DerSignature.TryRead((Valid with { S = number }).Der, out _));
        }
    }

    [Fact]
    public void Every_shorter_and_every_longer_form_of_a_valid_signature_is_refused()
    {
        for (var length = 0; length < Valid.Der.Length; length++)
            Assert.False(DerSignature.TryRead(Valid.Der.AsSpan(0, length), out _));
        Assert.False(DerSignature.TryRead([.. Valid.Der, 0], out _));
    }

    [Fact]
    public void What_is_read_is_written_back_byte_for_byte()
    {
        var random = new SeededBytes("DER, bit flips");
        for (var i = 0; i < 200; i++)
        {
            var valid = SignedHash.Random(random).Der;
            for (var bit = 0; bit < 8 * valid.Length; bit++)
            {
                var der = (byte[])valid.Clone();
                der[bit / 8] ^= (byte)(1 << (bit % 8));
                if (DerSignature.TryRead(der, out _))
                    Assert.Equal(der, (Valid with { R = Read(der).R, S = Read(der).S }).Der);
            }
        }
    }

    [Fact]
    public void A_destination_that_is_too_short_is_a_fault() =>
        Assert.Throws<ArgumentException>(() =>
        {
            DerSignature.TryRead(Valid.Der, out var signature);
            signature.CopyTo(new byte[DerSignature.CompactLength - 1]);
        });

    private static (BigInteger R, BigInteger S) Read(byte[] der)
    {
        Assert.True(DerSignature.TryRead(der, out var signature));
        var compact = new byte[DerSignature.CompactLength];
        signature.CopyTo(compact);
        return (
            new BigInteger(compact.AsSpan(0, 32), isUnsigned: true, isBigEndian: true),
            new BigInteger(compact.AsSpan(32), isUnsigned: true, isBigEndian: true));
    }
}

using System.Security.Cryptography;
using System.Text;
using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

public sealed class SignedTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057")]
    [InlineData("gapura ꦒꦥꦸꦫ 🚪")]
    public void The_hash_is_that_of_the_UTF8_bytes(string text)
    {
        var hash = new byte[32];
        Assert.True(SignedText.TryHash(text, hash));
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(text)), hash);
    }

    [Fact]
    public void The_longest_text_is_hashed_and_a_longer_one_is_refused()
    {
        var longest = new string('櫻', SignedText.MaxTextLength);
        var hash = new byte[32];
        Assert.True(SignedText.TryHash(longest, hash));
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(longest)), hash);
        Assert.False(SignedText.TryHash(longest + "a", hash));
    }

    [Fact]
    public void A_text_with_half_a_surrogate_pair_is_refused() =>
        // Not inline data: the compiler would store these as replacement characters.
        Assert.All(
            ["\uD83D", "\uDEAA", "\uDEAA\uD83D", "nu.id\uD83D:1"],
            text => Assert.False(SignedText.TryHash(text, new byte[32])));

    [Fact]
    public void Signature_hex_is_read_in_either_case_up_to_72_bytes()
    {
        var bytes = Enumerable.Range(180, DerSignature.MaxLength).Select(number => (byte)number).ToArray();
        var read = new byte[DerSignature.MaxLength];
        for (var length = 1; length <= bytes.Length; length++)
        {
            Assert.True(SignedText.TryReadSignature(Convert.ToHexString(bytes, 0, length), read, out var written));
            Assert.Equal(bytes[..length], read[..written]);
            Assert.True(SignedText.TryReadSignature(Convert.ToHexStringLower(bytes, 0, length), read, out written));
            Assert.Equal(bytes[..length], read[..written]);
        }

        Assert.False(SignedText.TryReadSignature(Convert.ToHexString(bytes) + "00", read, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("300")]
    [InlineData("3g")]
    [InlineData("30 6")]
    [InlineData(" 30")]
    [InlineData("0x30")]
    [InlineData("30\n")]
    [InlineData("３０")]
    public void Anything_but_hex_in_pairs_is_refused(string hex)
    {
        Assert.False(SignedText.TryReadSignature(hex, new byte[DerSignature.MaxLength], out var length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void A_destination_that_is_too_short_is_a_no() =>
        Assert.False(SignedText.TryReadSignature("3006", new byte[1], out _));
}

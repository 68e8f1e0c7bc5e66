using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Gapura.Kernel;
using Xunit;

namespace Gapura.Tests.Kernel;

public sealed class Base62Tests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly BigInteger End = BigInteger.One << 190;

    private static readonly Arbitrary<BigInteger> Numbers = Arb.From(
        Gen.Choose(0, 255).ListOf(24).Select(bytes => new BigInteger(bytes.Select(b => (byte)b).ToArray(), isUnsigned: true) % End));

    [Fact]
    public void Every_number_comes_back() => Prop.ForAll(Numbers, number =>
    {
        var text = Encode(number);
        return text.Length == 32 && Value(text) == number && Decode(text) == number;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Every_text_of_the_alphabet_is_its_own_number_or_none() =>
        Prop.ForAll(Arb.From(Gen.Elements<char>(Alphabet).ListOf(32).Select(c => string.Concat(c))), text =>
        {
            var value = Value(text);
            return value < End ? Decode(text) == value && Encode(value) == text : Decode(text) is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Any_other_text_is_no_number() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        Decode(text ?? "") is null || (text!.Length == 32 && text.All(Alphabet.Contains))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void One_more_than_the_greatest_is_none()
    {
        Assert.Equal(End - 1, Decode(Encode(End - 1)));
        Assert.Null(Decode(Text(End)));
        Assert.Null(Decode(new string('z', 32)));
        Assert.Equal(0, Decode(new string('0', 32)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000-")]
    [InlineData("0000000000000000000000000000000 ")]
    [InlineData("0000000000000000000000000000000٣")] // a digit, in Arabic
    [InlineData("0000000000000000000000000000000０")] // a digit, full width
    public void Another_length_or_character_is_refused(string text) => Assert.Null(Decode(text));

    private static string Encode(BigInteger number) => Base62.Encode((ulong)(number >> 128), (UInt128)(number & UInt128.MaxValue));

    private static BigInteger? Decode(string text) => Base62.TryDecode(text, out var high, out var low) ? ((BigInteger)high << 128) | low : null;

    private static BigInteger Value(string text) => text.Aggregate(BigInteger.Zero, (value, c) => value * 62 + Alphabet.IndexOf(c, StringComparison.Ordinal));

    private static string Text(BigInteger value)
    {
        var text = new char[32];
        for (var i = 31; i >= 0; i--, value /= 62) text[i] = Alphabet[(int)(value % 62)];
        return new string(text);
    }
}

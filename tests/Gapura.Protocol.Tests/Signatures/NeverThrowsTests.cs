using FsCheck;
using FsCheck.Fluent;
using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>Whatever a stranger sends, the answer is true or false. A failure prints the input and the seed it came from.</summary>
public sealed class NeverThrowsTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);
    private static readonly SignedHash Valid = SignedHash.Random(new SeededBytes("never throws"));

    /// <summary>Bytes with the look of the valid ones: replaced, inserted, removed, cut off, or from nothing at all.</summary>
    private static Gen<byte[]> Mutations(byte[] valid)
    {
        var any = ArbMap.Default.GeneratorFor<byte>();
        var edge = Gen.OneOf(any, Gen.Elements<byte>(0, 1, 2, 4, 6, 7, 0x20, 0x21, 0x30, 0x7f, 0x80, 0x81, 0xff));
        var place = Gen.Choose(0, valid.Length - 1);
        var replaced = from at in place from value in edge select Replace(valid, at, 1, value);
        var replacedTwice = from once in replaced from at in place from value in edge select Replace(once, at, 1, value);
        var inserted = from at in place from value in edge select Replace(valid, at, 0, value);
        var removed = from at in place select Replace(valid, at, 1);
        var cut = from length in place select valid[..length];
        var noise = from length in Gen.Choose(0, 150) from bytes in any.ArrayOf(length) select bytes;
        return Gen.OneOf(replaced, replacedTwice, inserted, removed, cut, noise);
    }

    [Fact]
    public void Reading_DER_never_throws() =>
        Check.One(Many, Prop.ForAll(Mutations(Valid.Der).ToArbitrary(), bytes =>
        {
            var read = DerSignature.TryRead(bytes, out _);
            return !read || bytes.Length is >= 8 and <= DerSignature.MaxLength;
        }));

    [Fact]
    public void Reading_a_key_never_throws() =>
        Check.One(Many, Prop.ForAll(Mutations(Valid.KeyBytes).ToArbitrary(), bytes =>
        {
            var read = DevicePublicKey.TryFromBytes(bytes, out var key);
            return read == (key is not null) && read == bytes.AsSpan().SequenceEqual(Valid.KeyBytes)
                && DevicePublicKey.TryParse(Convert.ToHexStringLower(bytes), out _) == read;
        }));

    [Fact]
    public void Reading_a_text_as_key_or_signature_never_throws() =>
        Check.One(Many, Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            var der = new byte[DerSignature.MaxLength];
            return !DevicePublicKey.TryParse(text, out _)
                && SignedText.TryReadSignature(text, der, out var length) == (length > 0);
        }));

    [Fact]
    public void Verifying_damaged_signatures_never_throws_and_never_succeeds() =>
        Check.One(Many, Prop.ForAll(Mutations(Valid.Der).ToArbitrary(), bytes =>
            Verifiers.Available.All(verifier =>
                verifier.Verify(Valid.Key, Valid.Hash, bytes) == bytes.AsSpan().SequenceEqual(Valid.Der))));

    [Fact]
    public void Verifying_damaged_hashes_never_throws_and_never_succeeds() =>
        Check.One(Many, Prop.ForAll(Mutations(Valid.Hash).ToArbitrary(), bytes =>
            Verifiers.Available.All(verifier =>
                verifier.Verify(Valid.Key, bytes, Valid.Der) == bytes.AsSpan().SequenceEqual(Valid.Hash))));

    [Fact]
    public void Verifying_any_texts_never_throws() =>
        Check.One(Many, Prop.ForAll(
            ArbMap.Default.ArbFor<string?>(),
            ArbMap.Default.ArbFor<string?>(),
            (text, signature) => Verifiers.Available.All(verifier =>
                !verifier.VerifyText(Valid.Key, text, signature)
                && !verifier.VerifyText(Valid.Key, text, Convert.ToHexString(Valid.Der)))));

    [Fact]
    public void Verifying_empty_spans_is_a_no()
    {
        Assert.All(Verifiers.Available, verifier =>
        {
            Assert.False(verifier.Verify(Valid.Key, Valid.Hash, default));
            Assert.False(verifier.Verify(Valid.Key, default, Valid.Der));
            Assert.False(verifier.Verify(Valid.Key, default, default));
        });
    }

    private static byte[] Replace(byte[] bytes, int at, int count, params byte[] values) =>
        at + count > bytes.Length ? bytes : [.. bytes[..at], .. values, .. bytes[(at + count)..]];
}

using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

public sealed class DeviceSignerTests
{
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    // SEC 2, section 2.4.1: the private key 1 has the base point itself.
    private const string BasePoint = "04" + "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

    public DeviceSignerTests() => OpenSslVerifier.SkipUnlessCurveIsKnown();

    [Fact]
    public void What_it_signs_every_verifier_accepts_and_the_strict_reader_reads()
    {
        // Often enough to meet numbers that need the zero before them, and shorter ones.
        for (var i = 0; i < 400; i++)
        {
            using var signer = DeviceSigner.New();
            var text = $"nu.id.scan:1:nu.id:1:pelabuhan-é:{i}";
            var signature = signer.Sign(text);

            Assert.Equal(signature.ToLowerInvariant(), signature);
            Assert.True(DerSignature.TryRead(Convert.FromHexString(signature), out _), signature);
            Assert.True(DevicePublicKey.TryParse(signer.PublicKey, out var key));
            Assert.Equal(key.Hex, signer.PublicKey);
            Assert.All(Verifiers.Available, verifier => Assert.True(verifier.VerifyText(key, text, signature), $"{verifier.Name}: {signature}"));
            Assert.All(Verifiers.Available, verifier => Assert.False(verifier.VerifyText(key, text + " ", signature)));
        }
    }

    [Fact]
    public void A_key_that_was_written_down_is_the_same_key()
    {
        using var first = DeviceSigner.New();
        Assert.True(DeviceSigner.TryRead(first.RevealPrivateKey(), out var second));
        using (second)
        {
            Assert.Equal(first.PublicKey, second.PublicKey);
            Assert.Equal(first.RevealPrivateKey(), second.RevealPrivateKey());
            Assert.True(DevicePublicKey.TryParse(first.PublicKey, out var key));
            Assert.All(Verifiers.Available, verifier => Assert.True(verifier.VerifyText(key, "Halo", second.Sign("Halo"))));
        }
    }

    [Fact]
    public void The_smallest_and_the_largest_private_key_are_keys()
    {
        Assert.True(DeviceSigner.TryRead(One, out var smallest));
        Assert.True(DeviceSigner.TryRead(Order[..^1] + "0", out var largest));
        using (smallest)
        using (largest)
        {
            Assert.Equal(BasePoint, smallest.PublicKey);
            Assert.Equal(BasePoint[..66], largest.PublicKey[..66]); // −G: the same x
            Assert.NotEqual(BasePoint, largest.PublicKey);
        }
    }

    [Fact]
    public void Whatever_is_no_private_key_is_refused()
    {
        string?[] wrong = [null, "", "1", One[1..], One + "0", new string('0', 64), Order, new string('f', 64), One[..^1] + "g", " " + One[1..]];
        Assert.All(wrong, hex => Assert.False(DeviceSigner.TryRead(hex, out _), hex));
    }
}

using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

public sealed class SignatureVerifiersTests
{
    [Fact]
    public void The_managed_verifier_passes_the_self_test() => Assert.True(VerifierSelfTest.Passes(Verifiers.Managed));

    [Fact]
    public void The_native_verifier_is_chosen_where_it_loads()
    {
        var native = Verifiers.NativeOrSkip();
        var best = SignatureVerifiers.Best();
        Assert.IsType<NativeSecp256k1>(best.Verifier);
        Assert.Equal(native.Name, best.Verifier.Name);
        Assert.StartsWith("libsecp256k1 (", best.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("): it loaded and passed the self-test", best.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_library_the_managed_verifier_is_chosen_and_says_why()
    {
        var choice = SignatureVerifiers.Choose(null, "no libsecp256k1 was found", Verifiers.Managed);
        Assert.Equal("managed: no libsecp256k1 was found", choice.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_library_that_fails_the_self_test_is_passed_over(bool answer)
    {
        var choice = SignatureVerifiers.Choose(new Stubborn(answer), "", Verifiers.Managed);
        Assert.Same(Verifiers.Managed, choice.Verifier);
        Assert.Equal("stubborn failed the self-test", choice.Reason);
    }

    [Fact]
    public void When_both_fail_the_server_does_not_start() =>
        Assert.Throws<InvalidOperationException>(() => SignatureVerifiers.Choose(new Stubborn(true), "", new Stubborn(false)));

    [Fact]
    public void Many_threads_share_one_verifier()
    {
        var question = SignedHash.Random(new SeededBytes("threads"));
        foreach (var verifier in Verifiers.Available)
        {
            Parallel.For(0, 400, index =>
            {
                var hash = (byte[])question.Hash.Clone();
                hash[0] ^= (byte)(index % 2);
                Assert.Equal(index % 2 == 0, verifier.Verify(question.Key, hash, question.Der));
            });
        }
    }

    /// <summary>A broken library: it has one answer to everything.</summary>
    private sealed class Stubborn(bool answer) : ISignatureVerifier
    {
        public string Name => "stubborn";

        public bool Verify(DevicePublicKey key, ReadOnlySpan<byte> sha256Hash, ReadOnlySpan<byte> derSignature) => answer;
    }
}

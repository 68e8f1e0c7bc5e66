using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>The request printed in the documentation of QRAuth. Its s is high.</summary>
public sealed class QrAuthSampleTests
{
    private const string SessionId = "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057";
    private const string Signature = "30460221008bf8d481763303cd260472f38fa2b3232a14f5cbea5414c54d42e8cc868a4c1b022100b5d7b8d09413649f5adf494c30488f7c0bf97b20de4f32c9065ae20f023fe50d";
    private const string PublicKey = "04c5e4e387c76ada73c8a7fc7c613aac1ed455a87e8bcd72b74506d3ad8dcef0c06a644449be6d7e529cc6b4f2abe2be65c5197aa40464756e78e3da78f2bb82a8";

    [Fact]
    public void The_managed_verifier_accepts_it() => AcceptsTheSample(Verifiers.Managed);

    [Fact]
    public void The_native_verifier_accepts_it() => AcceptsTheSample(Verifiers.NativeOrSkip());

    [Fact]
    public void Both_accept_it_in_upper_case()
    {
        Assert.True(DevicePublicKey.TryParse(PublicKey.ToUpperInvariant(), out var key));
        Assert.Equal(PublicKey, key.Hex);
        Assert.All(Verifiers.Available, verifier =>
            Assert.True(verifier.VerifyText(key, SessionId, Signature.ToUpperInvariant())));
    }

    [Fact]
    public void Both_refuse_it_for_every_session_id_that_differs_in_one_bit()
    {
        Assert.True(DevicePublicKey.TryParse(PublicKey, out var key));
        foreach (var verifier in Verifiers.Available)
        {
            for (var bit = 0; bit < 7 * SessionId.Length; bit++)
            {
                var characters = SessionId.ToCharArray();
                characters[bit / 7] ^= (char)(1 << (bit % 7));
                Assert.False(verifier.VerifyText(key, new string(characters), Signature), $"{verifier.Name}, bit {bit}");
            }
        }
    }

    private static void AcceptsTheSample(ISignatureVerifier verifier)
    {
        Assert.True(DevicePublicKey.TryParse(PublicKey, out var key));
        Assert.True(verifier.VerifyText(key, SessionId, Signature));
    }
}

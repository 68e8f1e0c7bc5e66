using System.Security.Cryptography;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>A third opinion: .NET's own ECDSA, given r‖s, so that its reading of DER has no say.</summary>
internal static class OpenSslVerifier
{
    /// <summary>Skips the test where .NET does not know the curve, as on macOS.</summary>
    public static void SkipUnlessCurveIsKnown()
    {
        try
        {
            using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            Assert.Skip($".NET does not know secp256k1 here: {exception.Message}");
        }
    }

    public static bool Verify(SignedHash question)
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.CreateFromFriendlyName("secp256k1"),
            Q = new ECPoint { X = ReferenceCurve.Bytes32(question.KeyX), Y = ReferenceCurve.Bytes32(question.KeyY) },
        });
        return key.VerifyHash(question.Hash, question.Compact, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}

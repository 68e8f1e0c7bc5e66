using System.Security.Cryptography;
using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

/// <summary>
/// What strangers may sign with (RFC 7518 section 3.1): key pairs only. <c>none</c> and HMAC are not in any list, so nobody
/// passes a public key for a shared secret. EdDSA is left out as long as .NET does not have it.
/// </summary>
internal static class AcceptedAlgorithms
{
    public const string Es256 = "ES256";
    public const string Ps256 = "PS256";
    public const string Rs256 = "RS256";

    public static IReadOnlyList<string> All { get; } = [Es256, Ps256, Rs256];

    /// <summary>Without PKCS #1 v1.5 (FAPI 2.0 Security Profile section 5.4.1); also what proofs of possession are signed with.</summary>
    public static IReadOnlyList<string> Strict { get; } = [Es256, Ps256];

    public static IReadOnlyList<string> Of(Platform platform) => platform.Client.FollowsFapi ? Strict : All;

    public static bool Verify(this ECDsa key, byte[] data, byte[] signature) =>
        signature.Length == 64 && key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public static bool Verify(this RSA key, string algorithm, byte[] data, byte[] signature) =>
        key.VerifyData(data, signature, HashAlgorithmName.SHA256, algorithm == Ps256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
}

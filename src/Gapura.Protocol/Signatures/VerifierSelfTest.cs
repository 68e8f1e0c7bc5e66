namespace Gapura.Protocol.Signatures;

/// <summary>A signature known to be good and four known to be bad, asked of a verifier before it is trusted.</summary>
/// <remarks>The good one is the documented sample of QRAuth, whose s is high: a verifier that refuses those is of no use here.</remarks>
internal static class VerifierSelfTest
{
    private const string Text = "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057";

    private const string Signature =
        "30460221008bf8d481763303cd260472f38fa2b3232a14f5cbea5414c54d42e8cc868a4c1b"
        + "022100b5d7b8d09413649f5adf494c30488f7c0bf97b20de4f32c9065ae20f023fe50d";

    private const string Key =
        "04c5e4e387c76ada73c8a7fc7c613aac1ed455a87e8bcd72b74506d3ad8dcef0c0"
        + "6a644449be6d7e529cc6b4f2abe2be65c5197aa40464756e78e3da78f2bb82a8";

    /// <summary>The generator of the group, which did not make the signature.</summary>
    private const string OtherKey =
        "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
        + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

    public static bool Passes(ISignatureVerifier verifier) =>
        DevicePublicKey.TryParse(Key, out var key)
        && DevicePublicKey.TryParse(OtherKey, out var otherKey)
        && verifier.VerifyText(key, Text, Signature)
        && !verifier.VerifyText(otherKey, Text, Signature)
        && !verifier.VerifyText(key, Text + "0", Signature)
        && !verifier.VerifyText(key, Text, Signature.Replace("4c1b", "4c1a", StringComparison.Ordinal))
        && !verifier.VerifyText(key, Text, Signature.Replace("e50d", "e50e", StringComparison.Ordinal));
}

namespace Gapura.Protocol.Signatures;

/// <summary>The verifier in use and, in a sentence for the log and the operator, why it is that one.</summary>
public sealed record VerifierChoice(ISignatureVerifier Verifier, string Reason)
{
    /// <summary>One line: "libsecp256k1 (libsecp256k1.so.1): it loaded and passed the self-test".</summary>
    public override string ToString() => $"{Verifier.Name}: {Reason}";
}

/// <summary>Chooses between the two verifiers. Call once, at the start, and keep the answer.</summary>
public static class SignatureVerifiers
{
    /// <summary>libsecp256k1 when it loads and passes <see cref="VerifierSelfTest"/>, otherwise the managed verifier.</summary>
    /// <exception cref="InvalidOperationException">The managed verifier fails the self-test as well: nobody could be signed in safely.</exception>
    public static VerifierChoice Best() =>
        NativeSecp256k1.TryLoad(out var native, out var reason)
            ? Choose(native, "", new ManagedSecp256k1())
            : Choose(null, reason, new ManagedSecp256k1());

    /// <param name="native">Null when it could not be loaded.</param>
    /// <param name="whyNoNative">The reason when it is null.</param>
    /// <param name="managed">What is used otherwise.</param>
    internal static VerifierChoice Choose(ISignatureVerifier? native, string whyNoNative, ISignatureVerifier managed)
    {
        if (native is not null && VerifierSelfTest.Passes(native))
            return new VerifierChoice(native, "it loaded and passed the self-test");
        if (!VerifierSelfTest.Passes(managed))
            throw new InvalidOperationException($"The signature verifier '{managed.Name}' fails its self-test on this machine.");
        return new VerifierChoice(managed, native is null ? whyNoNative : $"{native.Name} failed the self-test");
    }
}

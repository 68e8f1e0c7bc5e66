using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

internal static class Verifiers
{
    public static readonly ISignatureVerifier Managed = new ManagedSecp256k1();

    private static readonly (ISignatureVerifier? Verifier, string Reason) Native =
        NativeSecp256k1.TryLoad(out var native, out var reason) ? (native, "") : (null, reason);

    /// <summary>Those that this machine can run: one or both.</summary>
    public static IReadOnlyList<ISignatureVerifier> Available { get; } =
        Native.Verifier is { } native ? [Managed, native] : [Managed];

    /// <summary>The native verifier; the test that asks for it is skipped, with the reason, where it cannot be loaded.</summary>
    public static ISignatureVerifier NativeOrSkip()
    {
        Assert.SkipWhen(Native.Verifier is null, Native.Reason);
        return Native.Verifier!;
    }
}

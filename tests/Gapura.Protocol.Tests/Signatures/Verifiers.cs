using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

internal static class Verifiers
{
    public static readonly ISignatureVerifier Managed = new ManagedSecp256k1();

    /// <summary>The native verifier; the test that asks for it is skipped, with the reason, where it cannot be loaded.</summary>
    public static ISignatureVerifier NativeOrSkip()
    {
        var loaded = NativeSecp256k1.TryLoad(out var native, out var reason);
        Assert.SkipUnless(loaded, reason);
        return native!;
    }

    /// <summary>Those that this machine can run: one or both.</summary>
    public static IEnumerable<ISignatureVerifier> Available()
    {
        yield return Managed;
        if (NativeSecp256k1.TryLoad(out var native, out _))
            yield return native;
    }
}

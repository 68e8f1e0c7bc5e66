using Gapura.Accounts;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands.Doctor;

/// <summary>The native libraries: each has a fallback that is slower and just as correct.</summary>
internal static class LibraryChecks
{
    public const string InstallSodium = "Debian, Ubuntu: apt install libsodium23. Fedora: dnf install libsodium. macOS: brew install libsodium.";

    private const string InstallSecp256k1 = "Debian 12: apt install libsecp256k1-1; Debian 13: libsecp256k1-2. Fedora: dnf install libsecp256k1. macOS: brew install secp256k1.";

    public static IEnumerable<Finding> Run()
    {
        var choice = SignatureVerifiers.Best();
        yield return choice.Verifier is NativeSecp256k1
            ? Finding.Ok("libsecp256k1", $"{choice.Verifier.Name} checks phones' signatures.")
            : Finding.Warning("libsecp256k1", $"The managed verifier is used, half as fast: {choice.Reason}.", InstallSecp256k1);
        yield return Sodium.Load() is { } sodium
            ? Finding.Ok("libsodium", $"Argon2id by {sodium.FileName} hashes passwords.")
            : Finding.Warning("libsodium", "Not found: passwords are hashed with PBKDF2-SHA512 instead of Argon2id.", InstallSodium);
    }
}

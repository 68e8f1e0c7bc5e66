using System.Runtime.InteropServices;

namespace Gapura.Bench.Running;

/// <summary>libsecp256k1, for signing thousands of times before anything is measured, and for what one verification costs alone.</summary>
/// <remarks>include/secp256k1.h of bitcoin-core/secp256k1. Keys and signatures are 64 opaque bytes each.</remarks>
internal static unsafe partial class Secp256k1
{
    private const string Library = "libsecp256k1";
    private const uint SignAndVerify = 0x301;
    private const uint Uncompressed = 2;
    private static readonly nint Context;

    static Secp256k1()
    {
        NativeLibrary.SetDllImportResolver(typeof(Secp256k1).Assembly, (name, assembly, search) =>
        {
            if (name != Library) return 0;
            foreach (var version in (int[])[6, 5, 2, 1, 0])
                if (NativeLibrary.TryLoad($"libsecp256k1.so.{version}", assembly, search, out var handle)) return handle;
            return NativeLibrary.Load(name, assembly, search);
        });
        Context = secp256k1_context_create(SignAndVerify);
    }

    /// <param name="secret">32 bytes.</param>
    /// <returns>65 bytes, beginning 04.</returns>
    public static byte[] PublicKey(ReadOnlySpan<byte> secret)
    {
        var key = stackalloc byte[64];
        var (text, length) = (new byte[65], (nuint)65);
        fixed (byte* s = secret, t = text)
        {
            if (secp256k1_ec_pubkey_create(Context, key, s) != 1) throw new ArgumentException("Not a secret key.", nameof(secret));
            _ = secp256k1_ec_pubkey_serialize(Context, t, &length, key, Uncompressed);
        }

        return text;
    }

    /// <returns>DER.</returns>
    public static byte[] Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> hash)
    {
        var signature = stackalloc byte[64];
        var (der, length) = (new byte[80], (nuint)80);
        fixed (byte* s = secret, h = hash, d = der)
        {
            if (secp256k1_ecdsa_sign(Context, signature, h, s, 0, 0) != 1) throw new ArgumentException("Not a secret key.", nameof(secret));
            _ = secp256k1_ecdsa_signature_serialize_der(Context, d, &length, signature);
        }

        return der[..(int)length];
    }

    /// <summary>All that a server must do with what a phone sends: read the key, read the signature, verify.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> der)
    {
        var key = stackalloc byte[64];
        var signature = stackalloc byte[64];
        fixed (byte* p = publicKey, h = hash, d = der)
        {
            if (secp256k1_ec_pubkey_parse(Context, key, p, (nuint)publicKey.Length) != 1 || secp256k1_ecdsa_signature_parse_der(Context, signature, d, (nuint)der.Length) != 1) return false;
            _ = secp256k1_ecdsa_signature_normalize(Context, signature, signature);
            return secp256k1_ecdsa_verify(Context, signature, h, key) == 1;
        }
    }

    [LibraryImport(Library)] private static partial nint secp256k1_context_create(uint flags);

    [LibraryImport(Library)] private static partial int secp256k1_ec_pubkey_create(nint context, byte* key, byte* secret);

    [LibraryImport(Library)] private static partial int secp256k1_ec_pubkey_serialize(nint context, byte* output, nuint* length, byte* key, uint flags);

    [LibraryImport(Library)] private static partial int secp256k1_ec_pubkey_parse(nint context, byte* key, byte* input, nuint length);

    [LibraryImport(Library)] private static partial int secp256k1_ecdsa_sign(nint context, byte* signature, byte* hash, byte* secret, nint nonceFunction, nint data);

    [LibraryImport(Library)] private static partial int secp256k1_ecdsa_signature_serialize_der(nint context, byte* output, nuint* length, byte* signature);

    [LibraryImport(Library)] private static partial int secp256k1_ecdsa_signature_parse_der(nint context, byte* signature, byte* input, nuint length);

    [LibraryImport(Library)] private static partial int secp256k1_ecdsa_signature_normalize(nint context, byte* output, byte* input);

    [LibraryImport(Library)] private static partial int secp256k1_ecdsa_verify(nint context, byte* signature, byte* hash, byte* key);
}

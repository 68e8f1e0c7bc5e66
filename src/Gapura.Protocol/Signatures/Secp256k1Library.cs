using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gapura.Protocol.Signatures;

/// <summary>The shared library libsecp256k1, loaded, with the five functions a verification needs and one context for all threads.</summary>
/// <remarks>
/// Declarations: include/secp256k1.h of bitcoin-core/secp256k1. These have been the same in every release (.so.0 to .so.6).
/// A context that only verifies is never written to again, and lives as long as the process.
/// </remarks>
internal sealed unsafe class Secp256k1Library
{
    /// <summary>SECP256K1_CONTEXT_VERIFY; newer releases treat it as SECP256K1_CONTEXT_NONE, older ones need it.</summary>
    private const uint VerifyContext = 0x101;

    /// <summary>Newest first: names of Linux, of macOS with Homebrew's folders (which dlopen does not search), of Windows.</summary>
    private static readonly string[] Candidates =
    [
        "libsecp256k1.so.6", "libsecp256k1.so.5", "libsecp256k1.so.2", "libsecp256k1.so.1", "libsecp256k1.so.0",
        "libsecp256k1.6.dylib", "libsecp256k1.5.dylib", "libsecp256k1.2.dylib",
        "/opt/homebrew/lib/libsecp256k1.dylib", "/usr/local/lib/libsecp256k1.dylib",
        "libsecp256k1-6.dll", "libsecp256k1-5.dll", "libsecp256k1-2.dll", "libsecp256k1-1.dll", "libsecp256k1-0.dll",
        "secp256k1.dll", "libsecp256k1",
    ];

    private readonly void* _context;
    private readonly delegate* unmanaged[Cdecl]<void*, byte*, byte*, nuint, int> _parseKey;
    private readonly delegate* unmanaged[Cdecl]<void*, byte*, byte*, int> _parseCompact;
    private readonly delegate* unmanaged[Cdecl]<void*, byte*, byte*, int> _normalize;
    private readonly delegate* unmanaged[Cdecl]<void*, byte*, byte*, byte*, int> _verify;

    private Secp256k1Library(string fileName, nint handle)
    {
        FileName = fileName;
        _parseKey = (delegate* unmanaged[Cdecl]<void*, byte*, byte*, nuint, int>)
            NativeLibrary.GetExport(handle, "secp256k1_ec_pubkey_parse");
        _parseCompact = (delegate* unmanaged[Cdecl]<void*, byte*, byte*, int>)
            NativeLibrary.GetExport(handle, "secp256k1_ecdsa_signature_parse_compact");
        _normalize = (delegate* unmanaged[Cdecl]<void*, byte*, byte*, int>)
            NativeLibrary.GetExport(handle, "secp256k1_ecdsa_signature_normalize");
        _verify = (delegate* unmanaged[Cdecl]<void*, byte*, byte*, byte*, int>)
            NativeLibrary.GetExport(handle, "secp256k1_ecdsa_verify");
        var createContext = (delegate* unmanaged[Cdecl]<uint, void*>)
            NativeLibrary.GetExport(handle, "secp256k1_context_create");
        _context = createContext(VerifyContext);
        if (_context is null)
            throw new EntryPointNotFoundException("secp256k1_context_create made no context");
    }

    /// <summary>The name it was loaded by, such as "libsecp256k1.so.1".</summary>
    public string FileName { get; }

    /// <summary>Loads the first candidate there is.</summary>
    /// <param name="library">Null when it returns false.</param>
    /// <param name="reason">Why there is none, a sentence without its full stop; empty when there is one.</param>
    public static bool TryLoad([NotNullWhen(true)] out Secp256k1Library? library, out string reason)
    {
        library = null;
        reason = "no libsecp256k1 was found";
        var assembly = typeof(Secp256k1Library).Assembly;
        const DllImportSearchPath Places = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.System32;
        foreach (var name in Candidates)
        {
            if (!NativeLibrary.TryLoad(name, assembly, Places, out var handle))
                continue;
            try
            {
                library = new Secp256k1Library(name, handle);
                reason = "";
                return true;
            }
            catch (EntryPointNotFoundException exception)
            {
                reason = $"{name} is not usable: {exception.Message.TrimEnd('.')}";
                NativeLibrary.Free(handle);
            }
        }

        return false;
    }

    /// <summary>Whether r‖s, with s high or low, is a signature of the hash by the key.</summary>
    /// <remarks>The lengths are checked here because the library aborts the process on a null pointer, which an empty span is.</remarks>
    /// <param name="key">65 bytes.</param>
    /// <param name="hash">32 bytes.</param>
    /// <param name="compact">64 bytes.</param>
    public bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> compact)
    {
        if (key.Length != DevicePublicKey.ByteLength)
            throw new ArgumentException("A key has 65 bytes.", nameof(key));
        if (hash.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("A hash has 32 bytes.", nameof(hash));
        if (compact.Length != DerSignature.CompactLength)
            throw new ArgumentException("r and s have 64 bytes.", nameof(compact));
        // Opaque to us: secp256k1_pubkey and secp256k1_ecdsa_signature are 64 bytes each.
        var parsedKey = stackalloc byte[64];
        var signature = stackalloc byte[64];
        fixed (byte* keyBytes = key, hashBytes = hash, compactBytes = compact)
        {
            if (_parseKey(_context, parsedKey, keyBytes, (nuint)key.Length) != 1
                || _parseCompact(_context, signature, compactBytes) != 1)
                return false;
            _ = _normalize(_context, signature, signature); // 1 when s was high, 0 when there was nothing to do
            return _verify(_context, signature, hashBytes, parsedKey) == 1;
        }
    }
}

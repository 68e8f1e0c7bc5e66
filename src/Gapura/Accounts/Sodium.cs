using System.Runtime.InteropServices;
using System.Text;

namespace Gapura.Accounts;

/// <summary>
/// Argon2id by libsodium (RFC 9106; m = 19 MiB, t = 2, p = 1). The text it makes names its algorithm and parameters:
/// <c>$argon2id$v=19$m=19456,t=2,p=1$…</c>. The password crosses as UTF-8.
/// </summary>
internal sealed unsafe class Sodium
{
    private const ulong Operations = 2;
    private const nuint Memory = 19 * 1024 * 1024;
    private const int Argon2id = 2;
    private const int TextLength = 128;
    private static readonly string[] Names = ["libsodium.so.23", "libsodium.so.26", "libsodium", "libsodium.dylib", "libsodium.dll"];

    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, ulong, ulong, nuint, int, int> _hash;
    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, ulong, int> _verify;
    private readonly delegate* unmanaged[Cdecl]<byte*, ulong, nuint, int> _needsRehash;

    private Sodium(string fileName, nint library)
    {
        FileName = fileName;
        _hash = (delegate* unmanaged[Cdecl]<byte*, byte*, ulong, ulong, nuint, int, int>)NativeLibrary.GetExport(library, "crypto_pwhash_str_alg");
        _verify = (delegate* unmanaged[Cdecl]<byte*, byte*, ulong, int>)NativeLibrary.GetExport(library, "crypto_pwhash_str_verify");
        _needsRehash = (delegate* unmanaged[Cdecl]<byte*, ulong, nuint, int>)NativeLibrary.GetExport(library, "crypto_pwhash_str_needs_rehash");
    }

    /// <summary>The name it was loaded by, such as <c>libsodium.so.23</c>.</summary>
    public string FileName { get; }

    /// <summary>Null when the library is not on this machine.</summary>
    public static Sodium? Load()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            var init = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "sodium_init");
            if (init() >= 0) return new Sodium(name, library);
        }

        return null;
    }

    public string Hash(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        var text = stackalloc byte[TextLength];
        fixed (byte* p = bytes)
        {
            if (_hash(text, p, (ulong)bytes.Length, Operations, Memory, Argon2id) != 0)
                throw new InvalidOperationException("libsodium could not get the memory for Argon2id.");
        }

        return Marshal.PtrToStringUTF8((nint)text)!;
    }

    public bool Verify(string password, string stored)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        fixed (byte* p = bytes, s = Terminated(stored)) return _verify(s, p, (ulong)bytes.Length) == 0;
    }

    public bool NeedsRehash(string stored)
    {
        fixed (byte* s = Terminated(stored)) return _needsRehash(s, Operations, Memory) != 0;
    }

    // crypto_pwhash_str_verify reads a C string; a fixed buffer of its full length keeps any text inside its bounds.
    private static byte[] Terminated(string text)
    {
        var bytes = new byte[TextLength];
        if (text.Length < TextLength) Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }
}

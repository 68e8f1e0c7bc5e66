using System.Runtime.InteropServices;
using System.Text;

namespace Gapura.Bench.Limits;

/// <summary>Argon2id by libsodium, as the server's passwords are hashed: 19 MiB, two passes.</summary>
internal static unsafe partial class SodiumHash
{
    private const string Library = "libsodium.so.23";
    private const ulong Operations = 2;
    private const nuint Memory = 19 * 1024 * 1024;
    private const int Argon2id = 2;

    static SodiumHash() => _ = sodium_init();

    /// <returns>A C string of 128 bytes.</returns>
    public static byte[] Make(string password)
    {
        var (bytes, text) = (Encoding.UTF8.GetBytes(password), new byte[128]);
        fixed (byte* p = bytes, t = text)
        {
            if (crypto_pwhash_str_alg(t, p, (ulong)bytes.Length, Operations, Memory, Argon2id) != 0) throw new InvalidOperationException("libsodium got no memory for Argon2id.");
        }

        return text;
    }

    public static bool Verify(byte[] text, string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        fixed (byte* p = bytes, t = text) return crypto_pwhash_str_verify(t, p, (ulong)bytes.Length) == 0;
    }

    [LibraryImport(Library)] private static partial int sodium_init();

    [LibraryImport(Library)] private static partial int crypto_pwhash_str_alg(byte* text, byte* password, ulong length, ulong operations, nuint memory, int algorithm);

    [LibraryImport(Library)] private static partial int crypto_pwhash_str_verify(byte* text, byte* password, ulong length);
}

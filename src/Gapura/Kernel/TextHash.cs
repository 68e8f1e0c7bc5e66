using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Kernel;

/// <summary>SHA-256 of a text's UTF-8 bytes, which are not left lying about: most of what is hashed here is secret.</summary>
internal static class TextHash
{
    public const int Length = SHA256.HashSizeInBytes;

    // A token of ours, at three bytes a character at most.
    private const int Usual = 2_048;

    /// <param name="hash">32 bytes.</param>
    public static void Of(ReadOnlySpan<char> text, Span<byte> hash)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > Usual ? ArrayPool<byte>.Shared.Rent(most) : null;
        var utf8 = rented ?? stackalloc byte[Usual];
        var used = utf8[..Encoding.UTF8.GetBytes(text, utf8)];
        SHA256.HashData(used, hash);
        CryptographicOperations.ZeroMemory(used);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }
}

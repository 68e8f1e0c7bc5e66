using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Gapura.Authenticator;

/// <summary>One file of the app, in the encodings it is sent in.</summary>
internal sealed record AuthenticatorFile(string Type, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
{
    /// <summary>Weak (RFC 9110 8.8.1): one for all encodings.</summary>
    public EntityTagHeaderValue Tag { get; } = new($"\"{Hash(Plain)}\"", isWeak: true);

    /// <summary>A text this server has written itself, compressed once at its first use.</summary>
    public static AuthenticatorFile Text(string type, byte[] plain) => new(type, plain,
        Compressed(plain, s => new BrotliStream(s, CompressionLevel.SmallestSize)), Compressed(plain, s => new GZipStream(s, CompressionLevel.SmallestSize)));

    /// <summary>A picture, which is compressed already.</summary>
    public static AuthenticatorFile Picture(byte[] png) => new("image/png", png, null, null);

    public (string? Encoding, byte[] Content) For(IList<StringWithQualityHeaderValue> accepted) =>
        Brotli is not null && Accepts(accepted, "br") ? ("br", Brotli) : Gzip is not null && Accepts(accepted, "gzip") ? ("gzip", Gzip) : (null, Plain);

    /// <returns>16 hex digits of its SHA-256.</returns>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(value => value.Quality is not 0 && value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));

    private static byte[] Compressed(byte[] plain, Func<Stream, Stream> with)
    {
        using var packed = new MemoryStream();
        using (var stream = with(packed)) stream.Write(plain);
        return packed.ToArray();
    }
}

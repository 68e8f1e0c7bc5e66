using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gapura.Kernel;

/// <summary>A file for browsers, in the encodings it is sent in: built under <c>web/</c> and carried inside the assembly, or written at the start.</summary>
internal sealed record CarriedFile(string Type, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
{
    /// <summary>For an address that changes with the content.</summary>
    public const string ForEver = "public, max-age=31536000, immutable";

    public const string Script = "text/javascript; charset=utf-8";

    public const string Style = "text/css; charset=utf-8";

    /// <summary>Weak (RFC 9110 8.8.1): one for all encodings.</summary>
    public EntityTagHeaderValue Tag { get; } = new($"\"{Hash(Plain)}\"", isWeak: true);

    /// <summary>A style or a script that its build has compressed: <c>.br</c> and <c>.gz</c> lie beside it.</summary>
    public static CarriedFile Compressed(string resource) =>
        new(Path.GetExtension(resource) == ".css" ? Style : Script, Read(resource), Read(resource + ".br"), Read(resource + ".gz"));

    /// <summary>A text this server has written itself, compressed once at its first use.</summary>
    public static CarriedFile Text(string type, byte[] plain) => new(type, plain,
        Packed(plain, s => new BrotliStream(s, CompressionLevel.SmallestSize)), Packed(plain, s => new GZipStream(s, CompressionLevel.SmallestSize)));

    /// <summary>A picture, which is compressed already.</summary>
    public static CarriedFile Picture(byte[] png) => new("image/png", png, null, null);

    public static IEnumerable<string> Resources(string folder) =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(resource => resource.StartsWith(folder, StringComparison.Ordinal));

    /// <exception cref="InvalidOperationException">The build left it out.</exception>
    public static byte[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {resource}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <returns>16 hex digits of its SHA-256.</returns>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));

    /// <summary>Sends it as the caller accepts it; 304 to one that has it.</summary>
    public FileContentHttpResult Answer(HttpContext context, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        var (encoding, content) = For(context.Request.GetTypedHeaders().AcceptEncoding);
        if (encoding is not null) headers.ContentEncoding = encoding;
        return TypedResults.Bytes(content, Type, entityTag: Tag);
    }

    private (string? Encoding, byte[] Content) For(IList<StringWithQualityHeaderValue> accepted) =>
        Brotli is not null && Accepts(accepted, "br") ? ("br", Brotli) : Gzip is not null && Accepts(accepted, "gzip") ? ("gzip", Gzip) : (null, Plain);

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(value => value.Quality is not 0 && value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));

    private static byte[] Packed(byte[] plain, Func<Stream, Stream> with)
    {
        using var packed = new MemoryStream();
        using (var stream = with(packed)) stream.Write(plain);
        return packed.ToArray();
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Gapura.Developers.Reference;

/// <summary>An answer made once: its bytes, smaller where the caller takes Brotli, and a name (RFC 9110 section 8.8.3) by which who has it is spared it.</summary>
internal sealed class PreparedAnswer(string type, byte[] plain)
{
    private readonly byte[] _brotli = Compress(plain);
    private readonly string _name = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12));

    public IResult To(HttpContext context)
    {
        var takesBrotli = context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Quality is not 0 && e.Value.Equals("br", StringComparison.OrdinalIgnoreCase));
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (takesBrotli) headers.ContentEncoding = "br";
        return Results.Bytes(takesBrotli ? _brotli : plain, type, entityTag: new EntityTagHeaderValue(takesBrotli ? $"\"{_name}-br\"" : $"\"{_name}\""));
    }

    private static byte[] Compress(byte[] plain)
    {
        var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Optimal)) brotli.Write(plain);
        return buffer.ToArray();
    }
}

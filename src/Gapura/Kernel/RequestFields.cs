using System.Buffers;
using System.Text;
using Gapura.Protocol.Requests;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Kernel;

/// <summary>
/// The parameters of a request body, JSON or form. The body's first character decides as much as its Content-Type: many
/// clients send JSON under the type their tool puts there by itself.
/// </summary>
internal sealed class RequestFields
{
    private const int LargestBody = 16 * 1024;
    private readonly Dictionary<string, string?> _fields;

    private RequestFields(Dictionary<string, string?> fields) => _fields = fields;

    /// <summary>Null when absent; also for a value of another kind than text, truth or falsehood.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>A text between two lengths, without control characters; null when it is anything else.</summary>
    public string? Text(string name, int least, int most) =>
        this[name] is { } text && text.Length >= least && text.Length <= most && !text.Any(char.IsControl) ? text : null;

    /// <summary>Every parameter, for passing on what is not read here.</summary>
    public IEnumerable<KeyValuePair<string, string?>> All => _fields;

    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>These, and others beside them.</summary>
    /// <returns>Null when a parameter is in both.</returns>
    public RequestFields? Joined(IEnumerable<KeyValuePair<string, string?>> others)
    {
        var all = new Dictionary<string, string?>(_fields, StringComparer.Ordinal);
        return others.All(o => all.TryAdd(o.Key, o.Value)) ? new RequestFields(all) : null;
    }

    /// <summary>Reads the body, once, and leaves what it held among the request's features.</summary>
    /// <returns>The fields, or the refusal that says what is wrong with the body.</returns>
    public static async Task<(RequestFields? Fields, Refusal? Refusal)> Read(HttpRequest request, CancellationToken ct)
    {
        var read = await ReadAny(request, ct);
        if (read.Fields is not null) request.HttpContext.Features.Set(read.Fields);
        return read;
    }

    private static async Task<(RequestFields? Fields, Refusal? Refusal)> ReadAny(HttpRequest request, CancellationToken ct)
    {
        var type = request.ContentType ?? "";
        if (type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return await ReadMultipart(request, ct);
        if (await ReadBody(request, ct) is not { } body) return Refuse("The body is larger than 16 KiB.");

        if (type.Contains("json", StringComparison.OrdinalIgnoreCase) || LooksLikeJson(body))
            return WireFields.TryReadJson(body, out var members, out var problem) ? (new RequestFields(members), null) : Refuse(problem);

        // Strict decoding: bytes that are not UTF-8 must not turn into some other, valid text.
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return Refuse("The body holds text that is not valid Unicode.");
        }

        return Single(QueryHelpers.ParseQuery(text).Select(p => (p.Key, p.Value)));
    }

    private static async Task<(RequestFields?, Refusal?)> ReadMultipart(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var form = await request.ReadFormAsync(new() { BufferBodyLengthLimit = LargestBody, MultipartBodyLengthLimit = LargestBody, ValueCountLimit = 32 }, ct);
            return Single(form.Select(p => (p.Key, p.Value)));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // The last three are what the framework throws for a boundary or a charset that it cannot make sense of.
            return Refuse("The multipart body cannot be read.");
        }
    }

    private static (RequestFields?, Refusal?) Single(IEnumerable<(string Key, Microsoft.Extensions.Primitives.StringValues Value)> pairs)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
            if (value.Count != 1 || !fields.TryAdd(key, value[0])) return Refuse("A parameter appears twice.");
        return (new RequestFields(fields), null);
    }

    private static async Task<byte[]?> ReadBody(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > LargestBody) return null;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            if (read.Buffer.Length > LargestBody)
            {
                // Given back, so that the rest can be thrown away and the caller hears the refusal.
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> body)
    {
        body = body.TrimStart(" \t\r\n"u8);
        return body.Length > 0 && (body[0] is (byte)'{' or (byte)'[' or (byte)'"' or 0xEF);
    }

    private static (RequestFields?, Refusal?) Refuse(string sentence) => (null, Refusals.InvalidRequest.Because(sentence));
}

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

    // Strict decoding: bytes that are not UTF-8 must not turn into some other, valid text.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Dictionary<string, string?> _fields;

    private RequestFields(Dictionary<string, string?> fields) => _fields = fields;

    /// <summary>Null when absent; also for a value of another kind than text, truth or falsehood.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>A text between two lengths, without control characters; null when it is anything else.</summary>
    public string? Text(string name, int least, int most) =>
        this[name] is { } text && text.Length >= least && text.Length <= most && !HoldsControls(text) ? text : null;

    /// <summary>Every parameter, for passing on what is not read here.</summary>
    public IEnumerable<KeyValuePair<string, string?>> All => _fields;

    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>These without the ones that say nothing, which for OAuth were not sent (RFC 6749 section 3.2).</summary>
    /// <param name="kept">Names that count however they came.</param>
    public RequestFields WithoutEmpty(IReadOnlyCollection<string> kept) =>
        _fields.ContainsValue("") ? new RequestFields(_fields.Where(f => f.Value is not "" || kept.Contains(f.Key)).ToDictionary(StringComparer.Ordinal)) : this;

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
        if (request.ContentLength > LargestBody) return TooLarge;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            if (read.Buffer.Length > LargestBody)
            {
                // Given back, so that the rest can be thrown away and the caller hears the refusal.
                reader.AdvanceTo(read.Buffer.End);
                return TooLarge;
            }

            if (read.IsCompleted)
            {
                var fields = Parse(type, read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray());
                reader.AdvanceTo(read.Buffer.End);
                return fields;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static (RequestFields?, Refusal?) TooLarge => Refuse("The body is larger than 16 KiB.");

    private static (RequestFields?, Refusal?) Parse(string type, ReadOnlySpan<byte> body)
    {
        if (type.Contains("json", StringComparison.OrdinalIgnoreCase) || LooksLikeJson(body))
            return WireFields.TryReadJson(body, out var members, out var problem) ? (new RequestFields(members), null) : Refuse(problem);

        var text = ArrayPool<char>.Shared.Rent(body.Length);
        try
        {
            return ParseForm(text.AsMemory(0, Strict.GetChars(body, text)));
        }
        catch (DecoderFallbackException)
        {
            return Refuse("The body holds text that is not valid Unicode.");
        }
        finally
        {
            // It may have held a password.
            ArrayPool<char>.Shared.Return(text, clearArray: true);
        }
    }

    private static (RequestFields?, Refusal?) ParseForm(ReadOnlyMemory<char> text)
    {
        // The same name in other letters is the same name twice.
        var (fields, names) = (new Dictionary<string, string?>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var pair in new QueryStringEnumerable(text))
        {
            var name = pair.DecodeName().ToString();
            if (!names.Add(name)) return Twice;
            fields[name] = pair.DecodeValue().ToString();
        }

        return (new RequestFields(fields), null);
    }

    private static async Task<(RequestFields?, Refusal?)> ReadMultipart(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var form = await request.ReadFormAsync(new() { BufferBodyLengthLimit = LargestBody, MultipartBodyLengthLimit = LargestBody, ValueCountLimit = 32 }, ct);
            return Single(form);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // The last three are what the framework throws for a boundary or a charset that it cannot make sense of.
            return Refuse("The multipart body cannot be read.");
        }
    }

    private static (RequestFields?, Refusal?) Single(IFormCollection form)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in form)
            if (value.Count != 1 || !fields.TryAdd(key, value[0])) return Twice;
        return (new RequestFields(fields), null);
    }

    private static (RequestFields?, Refusal?) Twice => Refuse("A parameter appears twice.");

    // As char.IsControl has it: C0, DEL and C1.
    private static bool HoldsControls(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\0', '\x1F') || text.ContainsAnyInRange('\x7F', '\x9F');

    private static bool LooksLikeJson(ReadOnlySpan<byte> body)
    {
        body = body.TrimStart(" \t\r\n"u8);
        return body.Length > 0 && (body[0] is (byte)'{' or (byte)'[' or (byte)'"' or 0xEF);
    }

    private static (RequestFields?, Refusal?) Refuse(string sentence) => (null, Refusals.InvalidRequest.Because(sentence));
}

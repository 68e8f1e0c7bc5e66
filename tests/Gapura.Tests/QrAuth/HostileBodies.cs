using System.Globalization;
using System.Text;

namespace Gapura.Tests.QrAuth;

/// <summary>Bodies no honest client sends, by name. None of them is a request that could be granted.</summary>
internal static class HostileBodies
{
    private const string Hole = "HOLE";

    // Each takes the place of one string of a valid JSON body, quotes included.
    private static readonly (string Name, byte[] Value)[] Values =
    [
        ("lone high surrogate", Ascii("\"\\ud800aaaaaaaaaaaaaaaa\"")),
        ("lone low surrogate", Ascii("\"aaaaaaaaaaaaaaaa\\udc00\"")),
        ("surrogates the wrong way round", Ascii("\"aaaaaaaaaaaaaaaa\\udc00\\ud800\"")),
        ("two high surrogates", Ascii("\"aaaaaaaaaaaaaaaa\\ud83d\\ud83d\"")),
        ("surrogate in UTF-8", Quoted(0xED, 0xA0, 0x80)),
        ("surrogate pair in UTF-8 (CESU-8)", Quoted(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80)),
        ("overlong slash", Quoted(0xC0, 0xAF)),
        ("overlong NUL", Quoted(0xC0, 0x80)),
        ("overlong in three", Quoted(0xE0, 0x80, 0xAF)),
        ("overlong in four", Quoted(0xF0, 0x80, 0x80, 0xAF)),
        ("beyond Unicode", Quoted(0xF4, 0x90, 0x80, 0x80)),
        ("five bytes", Quoted(0xF8, 0x88, 0x80, 0x80, 0x80)),
        ("0xFF", Quoted(0xFF)),
        ("0xFE", Quoted(0xFE)),
        ("a lone continuation", Quoted(0x80)),
        ("a sequence cut short", Quoted(0xE2, 0x82)),
        ("NUL, escaped", Ascii("\"aaaaaaaaaaaaaaaa\\u0000\"")),
        ("NUL, raw", Quoted(0x00)),
        ("a line break, raw", Quoted(0x0A)),
        ("a line break, escaped", Ascii("\"aaaaaaaaaaaaaaaa\\n\"")),
        ("DEL", Ascii("\"aaaaaaaaaaaaaaaa\\u007f\"")),
        ("an escape that is none", Ascii("\"aaaaaaaaaaaaaaaa\\x41\"")),
        ("an escape cut short", Ascii("\"aaaaaaaaaaaaaaaa\\u12\"")),
        ("a string without end", Ascii("\"aaaaaaaaaaaaaaaa")),
        ("single quotes", Ascii("'aaaaaaaaaaaaaaaa'")),
        ("no quotes", Ascii("aaaaaaaaaaaaaaaa")),
        ("nothing", Ascii("")),
        ("null", Ascii("null")),
        ("true", Ascii("true")),
        ("a number", Ascii("1234567890123456")),
        ("a negative number", Ascii("-1")),
        ("a number out of every range", Ascii("1e999999999")),
        ("a number of 4,000 digits", Ascii(new string('9', 4000))),
        ("NaN", Ascii("NaN")),
        ("Infinity", Ascii("-Infinity")),
        ("a hexadecimal number", Ascii("0x41")),
        ("a number with a leading zero", Ascii("0123")),
        ("an array", Ascii("[\"aaaaaaaaaaaaaaaa\"]")),
        ("an object", Ascii("{\"toString\":\"aaaaaaaaaaaaaaaa\"}")),
        ("arrays 5,000 deep", Ascii(new string('[', 5000) + new string(']', 5000))),
        ("objects 2,000 deep", Ascii(string.Concat(Enumerable.Repeat("{\"a\":", 2000)) + "1" + new string('}', 2000))),
        ("arrays without end", Ascii(new string('[', 8000))),
        ("a comment", Ascii("/* */\"aaaaaaaaaaaaaaaa\"")),
        ("two commas", Ascii("\"aaaaaaaaaaaaaaaa\",")),
        ("two values", Ascii("\"aaaaaaaaaaaaaaaa\" \"b\"")),
        ("a text of 12,000 characters", Ascii($"\"{new string('a', 12_000)}\"")),
        ("a text of 100,000 characters", Ascii($"\"{new string('a', 100_000)}\"")),
    ];

    /// <summary>One hostile value in the place of each parameter in turn, and members that must not be there.</summary>
    public static IEnumerable<(string Name, byte[] Body)> In(params string[] parameters)
    {
        foreach (var parameter in parameters)
            foreach (var (name, value) in Values)
                yield return ($"{name} as {parameter}", With(Json(parameters, parameter), value));

        foreach (var (name, value) in Values.Where(v => v.Name is not ("null" or "true" or "an array" or "an object") && !v.Name.Contains("number", StringComparison.Ordinal) && !v.Name.Contains("12,000", StringComparison.Ordinal) && !v.Name.EndsWith("escaped", StringComparison.Ordinal) && v.Name is not "DEL"))
            yield return ($"{name} as a member nobody asked for", With(Json([.. parameters, "x"], "x"), value));

        var valid = Encoding.UTF8.GetString(Json(parameters, null));
        yield return ("a member twice", Ascii($"{valid[..^1]},\"{parameters[0]}\":\"aaaaaaaaaaaaaaaa\"}}"));
        yield return ("a member twice, once escaped", Ascii($"{valid[..^1]},\"\\u{(int)parameters[0][0]:x4}{parameters[0][1..]}\":\"aaaaaaaaaaaaaaaa\"}}"));
        yield return ("a lone surrogate as a name", Ascii($"{valid[..^1]},\"\\ud800\":1}}"));
        yield return ("a number as a name", Ascii($"{valid[..^1]},1:1}}"));
        yield return ("something after the end", Ascii(valid + "x"));
        yield return ("two objects", Ascii(valid + valid));
        yield return ("an array around it", Ascii($"[{valid}]"));
        yield return ("cut short", Ascii(valid[..^1]));
        yield return ("half", Ascii(valid[..(valid.Length / 2)]));
        yield return ("UTF-16, little end first", Encoding.Unicode.GetBytes(valid));
        yield return ("UTF-16 with its mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(valid)]);
        yield return ("UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(valid)]);
        yield return ("UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(valid)]);
        yield return ("two byte order marks", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(valid)]);
        yield return ("half a byte order mark", [0xEF, 0xBB, .. Encoding.UTF8.GetBytes(valid)]);
        foreach (var whole in (string[])["", " ", "\n", "null", "true", "\"\"", "0", "[]", "{", "}", "{}", "[{}]", "{,}", "{\"\":\"\"}", "//", "/**/{}", "{\"__proto__\":{\"clientId\":\"client-1\"}}", "\u0000", "<xml/>", "%", "&", "=", "&&==&&"])
            yield return ($"nothing but {whole}", Encoding.UTF8.GetBytes(whole));
        yield return ("1 MB of braces", Ascii(new string('{', 1_000_000)));
        yield return ("1 MB of spaces, then a request", Ascii(new string(' ', 1_000_000) + valid));
        yield return ("1 MB of text", Ascii($"{{\"{parameters[0]}\":\"{new string('a', 1_000_000)}\"}}"));
        yield return ("1 MB of zeros", new byte[1_000_000]);
    }

    /// <summary>The same for forms.</summary>
    public static IEnumerable<(string Name, byte[] Body)> Forms(params string[] parameters)
    {
        var others = string.Join('&', parameters.Skip(1).Select(p => $"{p}=aaaaaaaaaaaaaaaa"));
        foreach (var value in (string[])["", "%00", "aaaaaaaaaaaaaaaa%00", "%0d%0a", "a%7fa", "%1b"])
            yield return ($"{value} in a form", Ascii($"{parameters[0]}={value}&{others}"));
        yield return ("a parameter twice", Ascii($"{parameters[0]}=aaaaaaaaaaaaaaaa&{others}&{parameters[0]}=aaaaaaaaaaaaaaaa"));
        yield return ("not UTF-8", [.. Ascii($"{others}&{parameters[0]}="), 0xFF, 0xFE, 0xC0, 0x80]);
        yield return ("10,000 parameters", Ascii(string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"a{i.ToString(CultureInfo.InvariantCulture)}=1"))));
        yield return ("1 MB of ampersands", Ascii(new string('&', 1_000_000)));
        yield return ("1 MB of one parameter", Ascii($"{parameters[0]}={new string('a', 1_000_000)}"));
    }

    private static byte[] Json(string[] parameters, string? hole) => Ascii(
        "{" + string.Join(',', parameters.Select(p => p == hole ? $"\"{p}\":{Hole}" : $"\"{p}\":\"aaaaaaaaaaaaaaaa\"")) + "}");

    private static byte[] With(byte[] body, byte[] value)
    {
        var at = body.AsSpan().IndexOf(Ascii(Hole));
        return [.. body[..at], .. value, .. body[(at + Hole.Length)..]];
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Quoted(params byte[] bytes) => [(byte)'"', .. Ascii("aaaaaaaaaaaaaaaa"), .. bytes, (byte)'"'];
}

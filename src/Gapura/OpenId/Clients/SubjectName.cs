using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gapura.OpenId.Clients;

/// <summary>
/// The subject of a certificate as RFC 4514 writes it, taken apart so that two ways of writing the same one compare equal.
/// Values are compared to the letter. A part with several values at once, and a value in hex, are no names here.
/// </summary>
internal static class SubjectName
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CN"] = "2.5.4.3", ["SN"] = "2.5.4.4", ["SERIALNUMBER"] = "2.5.4.5", ["C"] = "2.5.4.6", ["L"] = "2.5.4.7", ["ST"] = "2.5.4.8", ["STREET"] = "2.5.4.9", ["O"] = "2.5.4.10", ["OU"] = "2.5.4.11",
        ["organizationIdentifier"] = "2.5.4.97", ["UID"] = "0.9.2342.19200300.100.1.1", ["DC"] = "0.9.2342.19200300.100.1.25", ["emailAddress"] = "1.2.840.113549.1.9.1",
    };

    /// <returns>Type and value of each part, the narrowest first; null for a text that is no name.</returns>
    public static IReadOnlyList<(string Type, string Value)>? Read(string text)
    {
        List<(string, string)> parts = [];
        for (var at = 0; at <= text.Length;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0 || TypeOf(text[at..equals].Trim()) is not { } type) return null;
            if (ReadValue(text, equals + 1) is not var (value, end)) return null;
            parts.Add((type, value));
            at = end + 1;
        }

        return parts;
    }

    /// <returns>Null for a subject that cannot be compared.</returns>
    public static IReadOnlyList<(string Type, string Value)>? Of(X509Certificate2 certificate)
    {
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: true).ToList();
        if (parts.Any(p => p.HasMultipleElements)) return null;
        return [.. parts.Select(p => (p.GetSingleElementType().Value ?? "", p.GetSingleElementValue() ?? ""))];
    }

    private static string? TypeOf(string name) =>
        Types.TryGetValue(name, out var type) ? type : name.Length > 2 && name.Contains('.', StringComparison.Ordinal) && name.All(c => char.IsAsciiDigit(c) || c == '.') ? name : null;

    // Up to the next comma that is not escaped; spaces around it are not the value's unless they are escaped.
    private static (string Value, int End)? ReadValue(string text, int from)
    {
        List<byte> bytes = [];
        var (at, kept) = (from, 0);
        for (; at < text.Length && text[at] != ','; at++)
        {
            var c = text[at];
            if (c is '+' or '#' or '"' or ';' or '<' or '>') return null;
            if (c == ' ' && bytes.Count == 0) continue;
            if (c != '\\')
            {
                var rune = char.IsHighSurrogate(c) && at + 1 < text.Length ? text.AsSpan(at++, 2) : text.AsSpan(at, 1);
                bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToArray()));
            }
            else if (at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
            else if (at + 1 < text.Length) bytes.AddRange(Encoding.UTF8.GetBytes([text[++at]]));
            else return null;
            if (c != ' ') kept = bytes.Count;
        }

        return kept == 0 ? null : (Encoding.UTF8.GetString([.. bytes.Take(kept)]), at);
    }
}

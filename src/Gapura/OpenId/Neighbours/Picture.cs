namespace Gapura.OpenId.Neighbours;

/// <summary>
/// What may stand for a person's face: an https address, or a small picture as a data: URL (RFC 2397). It ends up in an
/// <c>img</c> of pages that are not ours, so it is no script, no SVG, and what it says it is. Pure.
/// </summary>
internal static class Picture
{
    public const int LargestBytes = 8 * 1024;
    private const int LongestAddress = 2_000;

    public static bool IsOne(string? text) => text is not null && (text.StartsWith("data:", StringComparison.Ordinal) ? IsData(text) : IsAddress(text));

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && text.All(c => char.IsBetween(c, '!', '~') && c is not ('"' or '\'' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))
        && text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Host.Length > 0 && uri.UserInfo.Length == 0;

    private static bool IsData(string text)
    {
        if (text.Split(',') is not [var head, var body] || body.Length > 4 * ((LargestBytes + 2) / 3)) return false;

        // The decoder passes over blanks, which no data: URL needs.
        var bytes = new byte[LargestBytes + 2];
        if (body.Any(char.IsWhiteSpace) || !Convert.TryFromBase64String(body, bytes, out var length) || length > LargestBytes) return false;
        return Type(bytes.AsSpan(0, length)) is { } type && head == $"data:{type};base64";
    }

    // By what it begins with (WHATWG MIME Sniffing 6.1), whatever it is called.
    private static string? Type(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 24 && bytes[0] == 0x89 && bytes[1..].StartsWith("PNG\r\n\u001a\n"u8) && bytes[12..].StartsWith("IHDR"u8) ? "image/png"
        : bytes.Length > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF ? "image/jpeg"
        : bytes.Length > 15 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBPVP8"u8) ? "image/webp"
        : null;
}

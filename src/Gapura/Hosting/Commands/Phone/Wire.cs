using System.Text.Json;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>Members of an answer. Whatever is missing or of another kind reads as null: a server may be newer than this phone.</summary>
internal static class Wire
{
    public static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static string? Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static bool? Truth(JsonElement of, string name) => Member(of, name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public static DateTimeOffset? Instant(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static IReadOnlyList<string> Texts(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)] : [];
}

/// <summary>What others wrote, fit for a terminal: on one line, and unable to move the cursor.</summary>
internal static class Plain
{
    public static string Text(string text) => string.Concat((text.Length > 300 ? text[..300] + "…" : text).Select(c => char.IsControl(c) ? ' ' : c));
}

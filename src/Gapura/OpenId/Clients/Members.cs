using System.Text.Json;

namespace Gapura.OpenId.Clients;

/// <summary>The members of a JSON object that a stranger wrote: each is of the kind that is asked for, or absent.</summary>
internal sealed class Members(JsonElement root)
{
    private const double LastSecond = 253_402_300_799;

    public JsonElement Root => root;

    public bool Has(string name) => root.TryGetProperty(name, out _);

    /// <summary>A text; null for anything else.</summary>
    public string? Text(string name) => root.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>A NumericDate (RFC 7519 section 2): seconds since 1970, with fractions or without; null for anything else.</summary>
    public DateTimeOffset? Instant(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    /// <summary>One text, or every text of an array (RFC 7519 section 4.1.3); empty for anything else.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!root.TryGetProperty(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array) return TextOf(value) is { } one ? [one] : [];
        var all = value.EnumerateArray().Select(TextOf).ToList();
        return all.Contains(null) ? [] : [.. all.OfType<string>()];
    }

    public bool IsArray(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array;

    // Half a surrogate pair, escaped, is JSON and no text.
    private static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

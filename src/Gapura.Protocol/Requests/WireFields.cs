using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Gapura.Protocol.Requests;

/// <summary>
/// The top-level members of a JSON request as texts. Forgives what documented samples contain (a comma after the last
/// member) and nothing else: a member twice, text that is not Unicode, and depth are refused, never thrown.
/// </summary>
public static class WireFields
{
    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, MaxDepth = 8 };

    /// <summary>Reads one JSON object in UTF-8.</summary>
    /// <param name="fields">Strings as they are; <c>true</c> and <c>false</c> as those words; other kinds as null, which no parameter accepts.</param>
    /// <param name="problem">One sentence for the caller when the answer is false.</param>
    public static bool TryReadJson(ReadOnlySpan<byte> utf8, out Dictionary<string, string?> fields, [NotNullWhen(false)] out string? problem)
    {
        fields = new(StringComparer.Ordinal);
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            problem = Read(new Utf8JsonReader(utf8, Options), fields);
        }
        catch (JsonException)
        {
            problem = "The body is not valid JSON.";
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for a lone surrogate or bytes that are not UTF-8.
            problem = "The body holds text that is not valid Unicode.";
        }

        return problem is null;
    }

    private static string? Read(Utf8JsonReader json, Dictionary<string, string?> fields)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return "The body must be a JSON object.";
        string? name = null;
        while (json.Read())
        {
            // Every text is read, also inside members nobody asked for: a request is well-formed whole or not at all.
            var text = json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? json.GetString() : null;
            if (json.CurrentDepth != 1) continue;
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                name = text!;
                if (!fields.TryAdd(name, null)) return "A member appears twice.";
            }
            else if (name is not null)
            {
                fields[name] = json.TokenType switch
                {
                    JsonTokenType.String => text,
                    JsonTokenType.True => "true",
                    JsonTokenType.False => "false",
                    _ => null,
                };
            }
        }

        return null;
    }
}

using System.Text.Json.Nodes;
using Gapura.Kernel;

namespace Gapura.Developers.Reference.Reading;

/// <summary>Reads schemas as the lines of a list: one for each member, those of an object in it behind it.</summary>
internal sealed class Fields(JsonObject document, Language language)
{
    /// <summary>The members of a body.</summary>
    public IReadOnlyList<Field> Of(JsonNode? schema) => schema is null ? [] : [.. Members(schema, "")];

    /// <summary>One parameter.</summary>
    public Field Parameter(JsonObject parameter)
    {
        var schema = Resolved(parameter["schema"]!);
        return new(Text(parameter, "name")!, Text(parameter, "in")!, Kind(schema), parameter["required"]?.GetValue<bool>() == true, Limits(schema), Text(parameter, "description") ?? Text(schema, "description") ?? "");
    }

    /// <summary>What a reference leads to.</summary>
    public JsonObject Resolved(JsonNode node)
    {
        var found = node.AsObject();
        while (Text(found, "$ref") is { } reference)
            found = reference[2..].Split('/').Aggregate((JsonNode)document, (at, step) => at[step] ?? throw new InvalidOperationException($"The reference leads nowhere: {reference}.")).AsObject();
        return found;
    }

    private IEnumerable<Field> Members(JsonNode node, string within)
    {
        var schema = Resolved(node);
        foreach (var choice in (schema["allOf"] ?? schema["oneOf"])?.AsArray() ?? [])
            foreach (var member in Members(choice!, within)) yield return member;

        // An array of objects: its members, each behind the mark of a list.
        if (schema["items"] is { } items && within.Length == 0)
            foreach (var member in Members(items, "[].")) yield return member;

        var required = schema["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (name, value) in schema["properties"]?.AsObject() ?? [])
        {
            var member = Resolved(value!);
            yield return new Field(within + name, "", Kind(member), required.Contains(name), Limits(member), Text(value!.AsObject(), "description") ?? Text(member, "description") ?? "");
            foreach (var inner in Members(member["items"] ?? member, within + name + (member["items"] is null ? "." : "[]."))) yield return inner;
        }
    }

    private string Kind(JsonObject schema)
    {
        if (schema["const"] is JsonValue constant) return constant.GetValueKind() switch { System.Text.Json.JsonValueKind.String => "string", System.Text.Json.JsonValueKind.Number => "integer", _ => "boolean" };
        var kind = schema["type"] switch { JsonArray several => string.Join(" | ", several.Select(t => t!.GetValue<string>())), JsonValue one => one.GetValue<string>(), _ => "object" };
        return kind == "array" && schema["items"] is { } items ? Kind(Resolved(items)) + "[]" : kind;
    }

    private string Limits(JsonObject schema)
    {
        var words = schema["enum"]?.AsArray().Select(w => w!.ToString()).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList() ?? (schema["const"] is { } constant ? [constant.ToString()] : []);
        string[] limits =
        [
            Words.Lengths(language, Number(schema, "minLength"), Number(schema, "maxLength")), Words.Numbers(language, Number(schema, "minimum"), Number(schema, "maximum")),
            Words.Choice(language, words), Words.Default(language, schema["default"]?.ToString()), Words.Pattern(language, Text(schema, "pattern")), Text(schema, "format") is { } format ? format.ToUpperInvariant() : "",
        ];
        return string.Join("; ", limits.Where(l => l.Length > 0));
    }

    private static string? Text(JsonObject node, string name) => node[name]?.GetValue<string>();

    private static int? Number(JsonObject node, string name) => node[name]?.GetValue<int>();
}

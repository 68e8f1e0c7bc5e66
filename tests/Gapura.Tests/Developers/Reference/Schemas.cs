using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gapura.Tests.Developers.Reference;

/// <summary>
/// Judges a value by a schema of the document: the words of JSON Schema that the document uses, and one rule more, that a
/// member nobody documented is a fault. A word this does not know is a fault of the document.
/// </summary>
internal sealed class Schemas(JsonObject document)
{
    private static readonly string[] Silent = ["description", "default", "examples", "contentEncoding", "contentMediaType", "required", "properties", "items", "additionalProperties", "$ref"];

    public IReadOnlyList<string> Faults(JsonNode? value, JsonNode schema, string at = "$") => [.. Judge(value, schema.AsObject(), at, isWhole: true)];

    public JsonObject Resolved(JsonNode node)
    {
        var found = node.AsObject();
        while (found["$ref"] is { } reference) found = reference.GetValue<string>()[2..].Split('/').Aggregate((JsonNode)document, (where, step) => where[step] ?? throw new InvalidOperationException($"{reference} leads nowhere.")).AsObject();
        return found;
    }

    private IEnumerable<string> Judge(JsonNode? value, JsonObject written, string at, bool isWhole)
    {
        var schema = Resolved(written);
        foreach (var (word, said) in schema)
            if (!Silent.Contains(word) && Fault(value, word, said!, at) is { } fault) yield return $"{at}: {fault}";

        if (value is JsonArray array && schema["items"] is { } items)
            foreach (var (i, one) in array.Index())
                foreach (var fault in Judge(one, items.AsObject(), $"{at}[{i}]", isWhole: true)) yield return fault;

        if (value is not JsonObject members) yield break;
        foreach (var name in (schema["required"]?.AsArray() ?? []).Select(n => n!.GetValue<string>()).Where(n => !members.ContainsKey(n))) yield return $"{at}: {name} is missing";
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
            if (members.TryGetPropertyValue(name, out var there))
                foreach (var fault in Judge(there, member!.AsObject(), $"{at}.{name}", isWhole: true)) yield return fault;
        if (!isWhole || IsOpen(schema)) yield break;
        var known = Names(schema).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, _) in members)
            if (!known.Contains(name)) yield return $"{at}: {name} is not documented";
    }

    private string? Fault(JsonNode? value, string word, JsonNode said, string at) => word switch
    {
        "type" => (said is JsonArray kinds ? kinds.Select(k => k!.GetValue<string>()) : [said.GetValue<string>()]).Any(kind => Is(value, kind)) ? null : $"is not {said.ToJsonString()}",
        "enum" => said.AsArray().Any(one => JsonNode.DeepEquals(one, value)) ? null : $"{value?.ToJsonString()} is none of {said.ToJsonString()}",
        "const" => JsonNode.DeepEquals(said, value) ? null : $"{value?.ToJsonString()} is not {said.ToJsonString()}",
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, said.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)) ? null : $"{text} is not of the form {said}",
        "minLength" => Text(value) is not { } text || text.Length >= said.GetValue<int>() ? null : $"is shorter than {said}",
        "maxLength" => Text(value) is not { } text || text.Length <= said.GetValue<int>() ? null : $"is longer than {said}",
        "minimum" => Number(value) is not { } number || number >= said.GetValue<long>() ? null : $"{number} is less than {said}",
        "maximum" => Number(value) is not { } number || number <= said.GetValue<long>() ? null : $"{number} is more than {said}",
        "format" => Text(value) is not { } text || (said.GetValue<string>() == "uri" && Uri.TryCreate(text, UriKind.Absolute, out _)) ? null : $"{text} is no {said}",
        "allOf" => said.AsArray().SelectMany(one => Judge(value, one!.AsObject(), at, isWhole: false)).FirstOrDefault(),
        "oneOf" => said.AsArray().Select(one => Faults(value, one!, at)).ToList() is var tries && tries.Count(f => f.Count == 0) == 1 ? null : $"is not one of them: {string.Join(" / ", tries.Select(f => string.Join(", ", f)))}",
        _ => throw new InvalidOperationException($"The document uses a word that nobody here can judge by: {word}."),
    };

    private IEnumerable<string> Names(JsonObject written)
    {
        var schema = Resolved(written);
        foreach (var (name, _) in schema["properties"]?.AsObject() ?? []) yield return name;
        foreach (var part in (schema["allOf"] ?? schema["oneOf"])?.AsArray() ?? [])
            foreach (var name in Names(part!.AsObject())) yield return name;
    }

    private static bool IsOpen(JsonObject schema) => schema["additionalProperties"]?.GetValue<bool>() == true;

    private static bool Is(JsonNode? value, string kind) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Object => kind == "object",
        JsonValueKind.Array => kind == "array",
        JsonValueKind.String => kind == "string",
        JsonValueKind.Number => kind == "integer",
        JsonValueKind.True or JsonValueKind.False => kind == "boolean",
        _ => kind == "null",
    };

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static long? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? JsonSerializer.Deserialize<long>(value) : null;
}

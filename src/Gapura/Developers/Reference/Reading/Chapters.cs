using System.Text.Json.Nodes;
using Gapura.Kernel;

namespace Gapura.Developers.Reference.Reading;

/// <summary>The document as it is read: chapters of operations, in one language.</summary>
internal sealed class Chapters
{
    private readonly JsonObject _document;
    private readonly Language _language;
    private readonly Fields _fields;
    private readonly Calls _calls;

    private Chapters(JsonObject document, Language language) =>
        (_document, _language, _fields, _calls) = (document, language, new Fields(document, language), new Calls(document, new Fields(document, language)));

    public static IReadOnlyList<Chapter> Of(JsonObject document, Language language) => new Chapters(document, language).Read();

    private List<Chapter> Read()
    {
        var operations = _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => (Tag: o.Value!["tags"]![0]!.GetValue<string>(), Operation: Read(path.Key, o.Key.ToUpperInvariant(), o.Value!.AsObject())))).ToLookup(o => o.Tag, o => o.Operation);
        return [.. _document["tags"]!.AsArray().Select(tag => tag!.AsObject()).Select(tag => new Chapter(
            Said(tag, "name"), Said(tag, "x-title", "x-id"), Said(tag, "x-lead", "x-lead-id"), Said(tag, "description"), [.. operations[Said(tag, "name")]]))];
    }

    private Operation Read(string path, string method, JsonObject operation)
    {
        var content = operation["requestBody"]?["content"]?.AsObject();
        var responses = operation["responses"]!.AsObject();
        return new Operation(
            Said(operation, "operationId"), method, path, Said(operation, "summary", "x-id"), Said(operation, "description"),
            [.. (operation["security"]?.AsArray() ?? []).Select(s => Proof(s!.AsObject()))],
            [.. (operation["parameters"]?.AsArray() ?? []).Select(p => _fields.Parameter(_fields.Resolved(p!)))],
            content is null ? [] : [.. content.Select(c => c.Key)], _fields.Of(content?.First().Value?["schema"]),
            _calls.Of(method, path, operation),
            [.. responses.Where(r => r.Value!["x-refusals"] is null).Select(r => Read(r.Key, r.Value!.AsObject()))],
            [.. responses.SelectMany(r => Refusals(r.Value!["x-refusals"]))], [.. Refusals(operation["x-refusals-sent"])]);
    }

    private Answer Read(string status, JsonObject response)
    {
        var content = response["content"]?.AsObject() ?? [];
        return new Answer(
            status, Said(response, "description"), [.. content.Select(c => c.Key)], _fields.Of(content["application/json"]?["schema"]),
            [.. content.SelectMany(c => Calls.Samples(c.Value!.AsObject())).Select(s => new Sample(s.Title, Calls.Print(s.Value)))]);
    }

    private Proof Proof(JsonObject requirement) => requirement.FirstOrDefault().Key is { } name
        ? new(name, Said(_document["components"]!["securitySchemes"]![name]!.AsObject(), "description", "x-id"))
        : new("", Words.NoSecret.In(_language));

    private IEnumerable<No> Refusals(JsonNode? told) => (told?.AsArray() ?? []).Select(r => r!.AsObject()).Select(r => new No(
        Said(r, "code"), r["status"]!.GetValue<int>(), Said(r, "sentence", "sentence-id"), Said(r, "mend")));

    private string Said(JsonObject node, string english, string? bahasa = null) =>
        (bahasa is not null && _language == Language.Bahasa ? node[bahasa] ?? node[english] : node[english])?.GetValue<string>() ?? "";
}

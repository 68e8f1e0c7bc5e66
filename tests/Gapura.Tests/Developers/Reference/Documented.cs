using System.Text.Json.Nodes;
using Gapura.Developers.Reference;

namespace Gapura.Tests.Developers.Reference;

/// <summary>The document as a judge of what really happens: whether an answer is one that the operation is documented to give.</summary>
internal sealed class Documented
{
    public static readonly Documented Usual = new(ReferenceDocument.For(new ReferenceOptions("http://localhost:5080", "beacukai-api-key", "gapura-session")));

    private readonly List<(string Method, string Path, JsonObject Operation)> _operations;

    public Documented(JsonObject document)
    {
        (Document, Schemas) = (document, new Schemas(document));
        _operations = [.. document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (o.Key.ToUpperInvariant(), p.Key, o.Value!.AsObject())))];
    }

    public JsonObject Document { get; }

    public Schemas Schemas { get; }

    public IReadOnlyList<(string Method, string Path, JsonObject Operation)> Operations => _operations;

    /// <summary>The operation a request is for; null for what is not documented, a page or another method.</summary>
    public (string Method, string Path, JsonObject Operation)? Find(string method, string address)
    {
        var path = address.Split('?')[0];
        var found = _operations.Where(o => o.Method == method && Fits(o.Path, path)).OrderBy(o => o.Path.Count(c => c == '{')).ToList();
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>What is wrong with an answer, by the document; empty where it is as documented, or nothing is documented.</summary>
    public IReadOnlyList<string> Faults(string method, string address, Reply reply)
    {
        if (Find(method, address) is not { } operation) return [];
        var named = $"{method} {operation.Path} {reply.Status}";
        if (operation.Operation["responses"]![reply.Status.ToString()] is not { } response) return [$"{named} is not documented: {reply.Text}"];
        var content = response["content"]?.AsObject();
        var type = reply["Content-Type"]?.Split(';')[0];
        if (reply.Body.Length == 0 || type is null) return content is null || reply.Status is 303 or 304 ? [] : [$"{named} has no body."];
        if (content?[type] is not { } media) return [$"{named} is {type}, which is not documented."];
        return type != "application/json" ? [] : [.. Schemas.Faults(JsonNode.Parse(reply.Text), media["schema"]!).Select(f => $"{named} {f} in {Shortened(reply.Text)}")];
    }

    private static bool Fits(string template, string path)
    {
        var (wanted, there) = (template.Split('/'), path.Split('/'));
        return wanted.Length == there.Length && wanted.Zip(there).All(p => p.First.StartsWith('{') || string.Equals(p.First, p.Second, StringComparison.OrdinalIgnoreCase));
    }

    private static string Shortened(string text) => text.Length > 400 ? text[..400] + "…" : text;
}

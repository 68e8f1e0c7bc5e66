using System.Text.Json.Nodes;
using Gapura.Kernel;

namespace Gapura.Developers.Reference;

/// <summary>
/// Turns the codes an operation names (<c>x-refusals</c>: <c>code</c>, or <c>code/status</c> where it travels with another
/// status) into its responses, with sentence and mend from <see cref="Kernel.Refusals"/>.
/// </summary>
internal static class RefusalResponses
{
    public static void Complete(JsonObject operation)
    {
        var asSentence = Taken(operation, "x-refusal-form")?.GetValue<string>() == "sentence";
        var refusals = Words(Taken(operation, "x-refusals")).Select(Find).Append(Kernel.Refusals.SomethingWentWrong).Append(Kernel.Refusals.Unavailable).ToList();
        var sent = Words(Taken(operation, "x-refusals-sent")).Select(Find).ToList();
        if (sent.Count > 0) operation["x-refusals-sent"] = new JsonArray([.. sent.Select(Told)]);

        var responses = operation["responses"]!.AsObject();
        var isPage = responses.ContainsKey("303") || responses["200"]?["content"]?["text/html"] is not null;
        foreach (var byStatus in refusals.GroupBy(r => r.Status).OrderBy(g => g.Key))
            Add(responses, byStatus.Key.ToString(), [.. byStatus], asSentence, isPage);
    }

    /// <exception cref="InvalidOperationException">No such refusal.</exception>
    public static Refusal Find(string word)
    {
        var (code, status) = word.Split('/') is [var c, var s] ? (c, int.Parse(s)) : (word, 0);
        var known = Kernel.Refusals.All.Where(r => r.Code == code).ToList();
        if (known.Count == 0) throw new InvalidOperationException($"The reference names a refusal that there is not: {word}.");
        return status == 0 ? known[0] : known.Find(r => r.Status == status) ?? known[0] with { Status = status };
    }

    private static void Add(JsonObject responses, string status, IReadOnlyList<Refusal> refusals, bool asSentence, bool isPage)
    {
        // A response that a file wrote already keeps its words and its schema.
        var response = responses[status]?.AsObject();
        if (response is null) responses[status] = response = [];
        var json = response["content"]?["application/json"]?.AsObject();
        var schema = json?["schema"]?.DeepClone() ?? Reference(asSentence ? "SentenceRefusal" : "CodedRefusal");
        response["description"] ??= string.Join(" ", refusals.Select(r => $"`{r.Code}`: {r.English}"));
        if (status is "429" or "503") response["headers"] = new JsonObject { ["Retry-After"] = Header("RetryAfter") };
        if (status is "401") response["headers"] = new JsonObject { ["WWW-Authenticate"] = Header("Challenge") };

        var content = response["content"]?.AsObject();
        if (content is null) response["content"] = content = [];
        content["application/json"] = new JsonObject
        {
            ["schema"] = asSentence ? schema : new JsonObject { ["allOf"] = new JsonArray(schema, Codes(refusals)) },
            ["examples"] = new JsonObject(refusals.Select(r => KeyValuePair.Create(r.Code, (JsonNode?)new JsonObject { ["summary"] = r.Mend, ["value"] = Answer(r, asSentence) }))),
        };
        if (isPage) content["text/html"] ??= new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        response["x-refusals"] = new JsonArray([.. refusals.Select(Told)]);
    }

    private static JsonObject Answer(Refusal refusal, bool asSentence) =>
        asSentence ? new() { ["error"] = refusal.English } : new() { ["error"] = refusal.Code, ["error_description"] = refusal.English };

    private static JsonObject Codes(IEnumerable<Refusal> refusals) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["error"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. refusals.Select(r => (JsonNode)r.Code)]) } },
    };

    private static JsonObject Told(Refusal refusal) => new()
    {
        ["code"] = refusal.Code, ["status"] = refusal.Status, ["sentence"] = refusal.English, ["sentence-id"] = refusal.Bahasa, ["mend"] = refusal.Mend,
    };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = "#/components/schemas/" + schema };

    private static JsonObject Header(string name) => new() { ["$ref"] = "#/components/headers/" + name };

    private static JsonNode? Taken(JsonObject operation, string name)
    {
        var value = operation[name];
        operation.Remove(name);
        return value;
    }

    private static IEnumerable<string> Words(JsonNode? array) => array?.AsArray().Select(word => word!.GetValue<string>()) ?? [];
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gapura.Developers.Reference.Reading;

/// <summary>How an operation is called from a terminal, at this installation's address; or, for a person's browser, the address it opens.</summary>
internal sealed class Calls(JsonObject document, Fields fields)
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    private readonly string _server = document["servers"]![0]!["url"]!.GetValue<string>();
    private readonly string _keyHeader = document["components"]!["securitySchemes"]!["apiKey"]!["name"]!.GetValue<string>();

    public IReadOnlyList<Sample> Of(string method, string path, JsonObject operation)
    {
        var address = Address(path, operation);
        if (operation["x-shown"] is not null) return method == "GET" ? [new Sample(null, address)] : [];
        var content = operation["requestBody"]?["content"]?.AsObject();
        if (content is null) return [new Sample(null, Command(method, address, operation, []))];
        var (type, body) = content.First();
        return [.. Samples(body!.AsObject()).Select(sample => new Sample(sample.Title, Command(method, address, operation, Body(type, sample.Value))))];
    }

    /// <summary>Each example of a body: what is documented as text stays that text.</summary>
    public static IReadOnlyList<(string? Title, JsonNode Value)> Samples(JsonObject media)
    {
        if (media["x-text"] is { } text) return [(null, text)];
        if (media["example"] is { } one) return [(null, one)];
        return [.. (media["examples"]?.AsObject() ?? []).Select(e => (e.Value!["summary"]?.GetValue<string>(), e.Value!["value"]!))];
    }

    public static string Print(JsonNode value) => value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : value.ToJsonString(Written);

    private static List<string> Body(string type, JsonNode value)
    {
        if (type != "application/x-www-form-urlencoded") return [$"-H 'content-type: {type}'", $"-d '{Print(value).Replace("'", "'\\''", StringComparison.Ordinal)}'"];
        return [.. value.AsObject().Select(f => $"--data-urlencode '{f.Key}={f.Value}'")];
    }

    private string Command(string method, string address, JsonObject operation, IReadOnlyList<string> body)
    {
        List<string> parts = [method is "GET" || (method is "POST" && body.Count > 0) ? $"curl '{address}'" : $"curl -X {method} '{address}'"];
        parts.AddRange(Shown(operation, string.Concat(body)));
        parts.AddRange(body);
        return new StringBuilder().AppendJoin(" \\\n  ", parts).ToString();
    }

    // The first way of showing who calls, unless the body shows it.
    private IEnumerable<string> Shown(JsonObject operation, string body)
    {
        var scheme = operation["security"]?.AsArray().FirstOrDefault()?.AsObject().FirstOrDefault().Key;
        var isOwn = operation["responses"]!["403"]?["x-refusals"]?.AsArray().Any(r => r!["code"]!.GetValue<string>() == "foreign_form") == true;
        if (isOwn) yield return "-H 'sec-fetch-site: same-origin'";
        if (body.Contains("client_secret=", StringComparison.Ordinal) || body.Contains("client_id=", StringComparison.Ordinal)) yield break;
        switch (scheme)
        {
            case "apiKey": yield return $"-H '{_keyHeader}: gpk_…'"; break;
            case "clientSecretBasic": yield return "-u 'client-1:gpk_…'"; break;
            case "bearer": yield return "-H 'authorization: Bearer eyJ…'"; break;
            case "initialToken": yield return "-H 'authorization: Bearer gpi_…'"; break;
            case "registrationToken": yield return "-H 'authorization: Bearer gpm_…'"; break;
            case "session": yield return "-b cookies.txt"; break;
        }
    }

    private string Address(string path, JsonObject operation)
    {
        var query = new List<string>();
        foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Select(p => fields.Resolved(p!)))
        {
            if (parameter["example"]?.ToString() is not { } example) continue;
            var name = parameter["name"]!.GetValue<string>();
            if (parameter["in"]!.GetValue<string>() == "path") path = path.Replace($"{{{name}}}", example, StringComparison.Ordinal);
            else query.Add($"{name}={Uri.EscapeDataString(example).Replace("%E2%80%A6", "…", StringComparison.Ordinal)}");
        }

        return _server + path + (query.Count > 0 ? "?" + string.Join('&', query) : "");
    }
}

using System.Reflection;
using System.Text.Json.Nodes;

namespace Gapura.Developers.Reference;

/// <summary>
/// The OpenAPI 3.1 document: written by hand, one file for each door and each part of the hall, put together here with what
/// only this installation knows. No refusal is written twice: an operation names codes, and the sentences come from the list.
/// </summary>
internal static class ReferenceDocument
{
    // What the files call this server.
    private const string WrittenFor = "https://id.example.go.id";

    private static readonly string[] Parts = ["seamless-login", "qrauth", "phone", "devices", "openid", "tokens", "registration", "user-keys", "service"];

    public static JsonObject For(ReferenceOptions options)
    {
        var document = Read("reference", options);
        foreach (var part in Parts) Add(document, Read(part, options));
        var schemes = document["components"]!["securitySchemes"]!;
        schemes["apiKey"]!["name"] = options.ApiKeyHeader;
        schemes["session"]!["name"] = options.SessionCookie;
        foreach (var (_, path) in document["paths"]!.AsObject())
            foreach (var (_, operation) in path!.AsObject()) RefusalResponses.Complete(operation!.AsObject());
        return document;
    }

    private static JsonObject Read(string name, ReferenceOptions options)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"reference/{name}.json") ?? throw new InvalidOperationException($"The assembly lacks reference/{name}.json.");
        using var reader = new StreamReader(stream);
        return JsonNode.Parse(reader.ReadToEnd().Replace(WrittenFor, options.Issuer, StringComparison.Ordinal))!.AsObject();
    }

    // Objects grow into each other, arrays one behind the other. The same thing said twice is a slip.
    private static void Add(JsonObject whole, JsonObject part)
    {
        foreach (var (name, value) in part)
        {
            switch (whole[name], value)
            {
                case (null, _): whole[name] = value!.DeepClone(); break;
                case (JsonObject there, JsonObject more): Add(there, more); break;
                case (JsonArray there, JsonArray more): foreach (var one in more) there.Add(one!.DeepClone()); break;
                default: throw new InvalidOperationException($"The reference says {name} twice.");
            }
        }
    }
}

/// <summary>What the reference must know of this installation.</summary>
/// <param name="ApiKeyHeader">The first of the headers an API key may come in.</param>
internal sealed record ReferenceOptions(string Issuer, string ApiKeyHeader, string SessionCookie);

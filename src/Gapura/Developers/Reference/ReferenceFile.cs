using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Kernel;

namespace Gapura.Developers.Reference;

/// <summary>The document of this installation, made when somebody first asks for it.</summary>
internal sealed class ReferenceFile(ReferenceOptions options)
{
    private readonly Lazy<(JsonObject Document, PreparedAnswer Answer)> _made = new(() => Make(options));

    public JsonObject Document => _made.Value.Document;

    public PreparedAnswer Answer => _made.Value.Answer;

    private static (JsonObject, PreparedAnswer) Make(ReferenceOptions options)
    {
        var document = ReferenceDocument.For(options);
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder })) document.WriteTo(json);
        return (document, new PreparedAnswer("application/json; charset=utf-8", buffer.ToArray()));
    }
}

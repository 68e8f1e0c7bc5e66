using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.OpenId.Pages;

/// <summary>What the page hands over, and to which origin.</summary>
internal sealed record WebMessage([property: JsonPropertyName("origin")] string Origin, [property: JsonPropertyName("message")] WebMessageBody Message)
{
    /// <summary>Safe inside a script element: the serializer writes no <c>&lt;</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, WebMessageJson.Default.WebMessage);
}

/// <param name="Type"><c>authorization_response</c></param>
internal sealed record WebMessageBody([property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("response")] IReadOnlyDictionary<string, string> Response);

[JsonSerializable(typeof(WebMessage))]
internal sealed partial class WebMessageJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.QrAuth;

/// <summary>The browser that shows a code, as the server saw it when the code was opened. Null where it does not know.</summary>
/// <param name="Browser"><c>Chrome</c></param>
/// <param name="System"><c>Windows</c></param>
/// <param name="Country">ISO 3166-1, two letters, from a trusted proxy.</param>
/// <param name="Network">CIDR; never a whole address.</param>
/// <param name="OpenedAt">Unix seconds.</param>
internal sealed record Screen(
    [property: JsonPropertyName("browser")] string? Browser,
    [property: JsonPropertyName("system")] string? System,
    [property: JsonPropertyName("country")] string? Country,
    [property: JsonPropertyName("network")] string? Network,
    [property: JsonPropertyName("openedAt")] long? OpenedAt)
{
    /// <summary>Nobody remembers it: opened long ago, on another node, or by something that is no browser.</summary>
    public static readonly Screen Unknown = new(null, null, null, null, null);

    /// <summary>Whether enough is known to tell it from another.</summary>
    [JsonIgnore]
    public bool IsKnown => Browser is not null && Network is not null;
}

/// <summary>What was judged when a code was scanned: kept with the ceremony, shown by the phone, written to the audit.</summary>
internal sealed record Seen(
    [property: JsonPropertyName("screen")] Screen Screen,
    [property: JsonPropertyName("sameNetwork")] bool? SameNetwork,
    [property: JsonPropertyName("firstTime")] bool FirstTime,
    [property: JsonPropertyName("reasons")] IReadOnlyList<string> Reasons)
{
    public string ToJson() => JsonSerializer.Serialize(this, SeenJson.Default.Seen);

    public static Seen? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, SeenJson.Default.Seen);
}

[JsonSerializable(typeof(Seen))]
[JsonSerializable(typeof(OpenedScreen))]
internal sealed partial class SeenJson : JsonSerializerContext;

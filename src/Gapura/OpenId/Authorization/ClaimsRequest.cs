using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.OpenId.Authorization;

/// <summary>Single claims a platform asks for (<c>claims</c>, OpenID Connect Core 1.0 section 5.5), those that are ours to give.</summary>
/// <param name="UserInfo">To be told at userinfo.</param>
/// <param name="IdToken">To be told in the ID token.</param>
internal sealed record ClaimsRequest(
    [property: JsonPropertyName("userinfo")] IReadOnlyList<string> UserInfo,
    [property: JsonPropertyName("id_token")] IReadOnlyList<string> IdToken)
{
    public static readonly ClaimsRequest None = new([], []);

    /// <summary>Values of <c>acr</c>, of which the sign-in must reach one when <see cref="IsAcrEssential"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    [JsonIgnore]
    public bool IsAcrEssential { get; init; }

    /// <summary>Who alone may answer; null for anybody.</summary>
    [JsonIgnore]
    public string? Subject { get; init; }

    /// <summary>The scopes whose consent these claims need.</summary>
    [JsonIgnore]
    public IEnumerable<string> NeededScopes => UserInfo.Concat(IdToken).Select(name => Scopes.OfClaim(name)!).Distinct();

    /// <returns>Null when the text is not such a request.</returns>
    public static ClaimsRequest? Read(string? text)
    {
        if (text is null) return None;
        try
        {
            using var json = JsonDocument.Parse(text, new() { MaxDepth = 8 });
            if (json.RootElement.ValueKind != JsonValueKind.Object || !IsGroup(json.RootElement, "userinfo") || !IsGroup(json.RootElement, "id_token")) return null;
            var idToken = Group(json.RootElement, "id_token");
            var acr = idToken.GetValueOrDefault("acr");
            return new(Ours(Group(json.RootElement, "userinfo")), Ours(idToken))
            {
                AcrValues = Wanted(acr), IsAcrEssential = acr.ValueKind == JsonValueKind.Object && acr.TryGetProperty("essential", out var essential) && essential.ValueKind == JsonValueKind.True,
                Subject = Wanted(idToken.GetValueOrDefault("sub")) is [var only] ? only : null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what the framework throws for an escape of half a surrogate pair.
            return null;
        }
    }

    /// <summary>As <see cref="Write"/> wrote it beside the grant.</summary>
    public static ClaimsRequest Stored(string? json) => json is null ? None : JsonSerializer.Deserialize(json, ClaimsRequestJson.Default.ClaimsRequest) ?? None;

    /// <returns>Null for none.</returns>
    public string? Write() => UserInfo.Count + IdToken.Count == 0 ? null : JsonSerializer.Serialize(this, ClaimsRequestJson.Default.ClaimsRequest);

    private static bool IsGroup(JsonElement root, string name) => !root.TryGetProperty(name, out var group) || group.ValueKind is JsonValueKind.Object or JsonValueKind.Null;

    private static Dictionary<string, JsonElement> Group(JsonElement root, string name) =>
        root.TryGetProperty(name, out var group) && group.ValueKind == JsonValueKind.Object
            ? group.EnumerateObject().GroupBy(m => m.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value.Clone(), StringComparer.Ordinal) : [];

    private static string[] Ours(Dictionary<string, JsonElement> group) => [.. group.Keys.Where(name => Scopes.OfClaim(name) is not null)];

    // {"value": "…"} or {"values": ["…"]}
    private static List<string> Wanted(JsonElement claim)
    {
        if (claim.ValueKind != JsonValueKind.Object) return [];
        if (claim.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String) return [value.GetString()!];
        return claim.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)] : [];
    }
}

[JsonSerializable(typeof(ClaimsRequest))]
internal sealed partial class ClaimsRequestJson : JsonSerializerContext;

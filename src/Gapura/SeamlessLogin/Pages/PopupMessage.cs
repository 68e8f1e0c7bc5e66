using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.SeamlessLogin.Pages;

/// <summary>
/// What the popup says to the page that opened it. The first four members are the documented ones and never change
/// type. Not a record: a record would print its token.
/// </summary>
public sealed class PopupMessage
{
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    [JsonPropertyName("username")]
    public required string Username { get; init; }

    /// <summary>15 or 16 digits, leading zeros kept; empty when the account has none.</summary>
    [JsonPropertyName("npwp")]
    public required string Npwp { get; init; }

    /// <summary>Our own issuer (RFC 9207 says why a page wants to know).</summary>
    [JsonPropertyName("iss")]
    public required string Iss { get; init; }

    /// <summary>What the page passed when it opened the popup; left out when it passed nothing.</summary>
    [JsonPropertyName("state")]
    public string? State { get; init; }
}

/// <summary>What <c>handoff.js</c> finds in the page.</summary>
internal sealed record Envelope(
    [property: JsonPropertyName("target")] string Target,
    [property: JsonPropertyName("message")] PopupMessage Message)
{
    /// <summary>
    /// For the inside of a script element: the default encoder writes <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotes
    /// as <c>\u</c> escapes, so that no value can end the element.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(this, EnvelopeJson.Default.Envelope);

    public override string ToString() => $"{Target} ***";
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;

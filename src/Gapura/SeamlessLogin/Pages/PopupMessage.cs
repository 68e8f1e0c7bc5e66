using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.SeamlessLogin.Pages;

/// <summary>What the popup says to the page that opened it, in one of two forms.</summary>
[JsonDerivedType(typeof(PopupMessage))]
[JsonDerivedType(typeof(CodeMessage))]
public abstract class PopupAnswer;

/// <summary>
/// What the popup says to the page that opened it. The first four members are the documented ones and never change
/// type. Not a record: a record would print its token.
/// </summary>
public sealed class PopupMessage : PopupAnswer
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

/// <summary>The same for a page that asked for a code (<c>response_type=code</c>): its backend redeems it.</summary>
public sealed class CodeMessage : PopupAnswer
{
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("iss")]
    public required string Iss { get; init; }

    [JsonPropertyName("state")]
    public string? State { get; init; }
}

/// <summary>What <c>handoff.js</c> finds in the page.</summary>
/// <param name="Ack">The page says that it has received the message; left out where it does not.</param>
/// <param name="Return">Where to go when the opener cannot be reached, its code included; left out where there is no such page.</param>
internal sealed record Envelope(
    [property: JsonPropertyName("target")] string Target,
    [property: JsonPropertyName("message")] PopupAnswer Message,
    [property: JsonPropertyName("ack")] bool? Ack = null,
    [property: JsonPropertyName("return")] string? Return = null)
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

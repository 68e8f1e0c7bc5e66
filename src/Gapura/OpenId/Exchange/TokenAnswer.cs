using System.Text.Json.Serialization;

namespace Gapura.OpenId.Exchange;

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("id_token")] string? IdToken,
    [property: JsonPropertyName("scope")] string? Scope,
    [property: JsonPropertyName("issued_token_type")] string? IssuedTokenType)
{
    /// <summary>Only for a code of the popup, as its message says it.</summary>
    [JsonPropertyName("username")]
    public string? Username { get; init; }

    /// <summary>As <see cref="Username"/>: 15 or 16 digits, empty when the account has none.</summary>
    [JsonPropertyName("npwp")]
    public string? Npwp { get; init; }

    public override string ToString() => "***";
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class TokenJson : JsonSerializerContext
{
    public static TokenJson Wire => Default;
}

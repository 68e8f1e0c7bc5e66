using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.Authenticator;

internal sealed record PhoneAccount([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("username")] string Username);

internal sealed record SignedInAnswer([property: JsonPropertyName("account")] PhoneAccount Account);

/// <param name="PushKey">VAPID public key, base64url of the uncompressed point (RFC 8292 section 3.2); null where nothing is pushed.</param>
internal sealed record PhoneAnswer(
    [property: JsonPropertyName("account")] PhoneAccount Account,
    [property: JsonPropertyName("pushKey"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PushKey);

/// <summary>Times are Unix seconds.</summary>
internal sealed record PhoneChallengeAnswer([property: JsonPropertyName("challenge")] string Challenge, [property: JsonPropertyName("expires")] long Expires);

/// <param name="Domain">Null for a platform that is no more.</param>
internal sealed record SignInPlatform(
    [property: JsonPropertyName("clientId")] string ClientId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("domain"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Domain);

/// <summary>One line of the history. Null is said as null: "unknown" is something the person must see too.</summary>
internal sealed record SignInAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("at")] long At,
    [property: JsonPropertyName("platform")] SignInPlatform Platform,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("door")] string Door,
    [property: JsonPropertyName("browser"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Browser,
    [property: JsonPropertyName("system"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? System,
    [property: JsonPropertyName("country"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Country,
    [property: JsonPropertyName("network"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Network,
    [property: JsonPropertyName("device"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Device,
    [property: JsonPropertyName("standing")] bool Standing);

internal sealed record RevokedAnswer([property: JsonPropertyName("revoked")] bool Revoked);

[JsonSerializable(typeof(SignedInAnswer))]
[JsonSerializable(typeof(PhoneAnswer))]
[JsonSerializable(typeof(PhoneChallengeAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SignInAnswer>))]
[JsonSerializable(typeof(RevokedAnswer))]
internal sealed partial class PhoneJson : JsonSerializerContext
{
    public static PhoneJson Wire { get; } = new(new JsonSerializerOptions(Kernel.WireJson.Options));
}

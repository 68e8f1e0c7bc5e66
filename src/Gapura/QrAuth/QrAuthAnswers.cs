using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Kernel;

namespace Gapura.QrAuth;

/// <summary>The documented answers, members in the documented order.</summary>
internal sealed record OpenedAnswer(
    [property: JsonPropertyName("clientId")] string ClientId,
    [property: JsonPropertyName("sessionId")] string SessionId,
    [property: JsonPropertyName("expires")] long Expires,
    [property: JsonPropertyName("qrcode")] string? QrCode);

/// <summary>To the phone.</summary>
internal sealed record AuthenticatedAnswer([property: JsonPropertyName("data")] TokenPair Data);

internal sealed record TokenPair(
    [property: JsonPropertyName("accessToken")] string AccessToken,
    [property: JsonPropertyName("refreshToken")] string RefreshToken)
{
    public override string ToString() => "***";
}

/// <summary>To the screen. Never a <c>sessionId</c>: documented clients tell the two answers apart by <c>accessToken</c>.</summary>
internal sealed record CollectedAnswer(
    [property: JsonPropertyName("accessToken")] string AccessToken,
    [property: JsonPropertyName("refreshToken")] string RefreshToken,
    [property: JsonPropertyName("expiresIn")] int ExpiresIn)
{
    public override string ToString() => "***";
}

internal sealed record ConfirmedAnswer([property: JsonPropertyName("confirmed")] bool Confirmed);

internal sealed record DeniedAnswer([property: JsonPropertyName("denied")] bool Denied);

/// <summary>A refusal that counts down.</summary>
internal sealed record WrongCodeAnswer(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonPropertyName("triesLeft")] int TriesLeft);

[JsonSerializable(typeof(ConfirmedAnswer))]
[JsonSerializable(typeof(DeniedAnswer))]
[JsonSerializable(typeof(WrongCodeAnswer))]
[JsonSerializable(typeof(QrContext))]
[JsonSerializable(typeof(QrState))]
[JsonSerializable(typeof(OpenedAnswer))]
[JsonSerializable(typeof(AuthenticatedAnswer))]
[JsonSerializable(typeof(CollectedAnswer))]
internal sealed partial class QrAuthJson : JsonSerializerContext
{
    public static QrAuthJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}

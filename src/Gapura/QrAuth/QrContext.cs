using System.Text.Json.Serialization;
using Gapura.Platforms;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>What the person must see before deciding. All of it is the server's own knowledge, none of it the code's.</summary>
internal sealed record QrContext(
    [property: JsonPropertyName("sessionId")] string SessionId,
    [property: JsonPropertyName("expires")] long Expires,
    [property: JsonPropertyName("platform")] QrContextPlatform Platform,
    [property: JsonPropertyName("screen")] QrContextScreen Screen,
    [property: JsonPropertyName("firstTime")] bool FirstTime,
    [property: JsonPropertyName("risky")] bool Risky,
    [property: JsonPropertyName("reasons")] IReadOnlyList<string> Reasons,
    [property: JsonPropertyName("confirmation")] string Confirmation,
    [property: JsonPropertyName("choices")] IReadOnlyList<string>? Choices,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("confirmed")] bool Confirmed)
{
    public static QrContext Of(Ceremony scanned, Platform platform, QrDigits digits)
    {
        var seen = Seen.Read(scanned.Seen)!;
        var (browser, system, country, network, openedAt) = seen.Screen;
        return new QrContext(
            scanned.Handle, scanned.ExpiresAt.ToUnixTimeSeconds(),
            new(platform.ClientId, platform.Name, platform.Company, platform.Domain.Text),
            new(browser, system, country, network, seen.SameNetwork, openedAt),
            seen.FirstTime, seen.Reasons.Count > 0, seen.Reasons, Word(scanned.Confirmation),
            scanned.Confirmation == Storage.Confirmation.Match ? digits.Choices : null,
            scanned.Confirmation == Storage.Confirmation.Type ? digits.Code : null,
            scanned.ConfirmedAt is not null);
    }

    public static string Word(Confirmation confirmation) => confirmation switch
    {
        Storage.Confirmation.Match => "match",
        Storage.Confirmation.Type => "type",
        _ => "none",
    };
}

internal sealed record QrContextPlatform(
    [property: JsonPropertyName("clientId")] string ClientId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("company")] string Company,
    [property: JsonPropertyName("domain")] string Domain);

/// <summary>Null is said as null: "unknown" is something the person must see too.</summary>
internal sealed record QrContextScreen(
    [property: JsonPropertyName("browser"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Browser,
    [property: JsonPropertyName("system"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? System,
    [property: JsonPropertyName("country"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Country,
    [property: JsonPropertyName("network"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Network,
    [property: JsonPropertyName("sameNetwork"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool? SameNetwork,
    [property: JsonPropertyName("openedAt"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? OpenedAt);

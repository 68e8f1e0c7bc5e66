using System.Text.Json;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>What the server answered to a scan: all that the person must see before they decide.</summary>
/// <param name="Answer">As it came; <c>docs/phone.md</c> lists its members.</param>
internal sealed record Seen(JsonElement Answer)
{
    private static readonly Dictionary<string, string> Why = new(StringComparer.Ordinal)
    {
        ["other_country"] = "asked from another country",
        ["other_network"] = "asked from another network",
        ["new_browser"] = "a browser this account has not used",
        ["first_use"] = "this account has not used the platform",
        ["unknown_screen"] = "the server does not know the screen",
        ["policy"] = "the platform wants it so",
    };

    /// <summary><c>match</c>, <c>type</c> or <c>none</c>.</summary>
    public string Confirmation => Wire.Text(Answer, "confirmation") ?? "none";

    public IReadOnlyList<string> Choices => Wire.Texts(Answer, "choices");

    /// <summary>Four digits to type at the screen; null unless <see cref="Confirmation"/> is <c>type</c>.</summary>
    public string? Code => Wire.Text(Answer, "code");

    public bool IsConfirmed => Wire.Truth(Answer, "confirmed") == true;

    public IReadOnlyList<(string Name, string? Value)> Facts()
    {
        var platform = Wire.Member(Answer, "platform") ?? default;
        var screen = Wire.Member(Answer, "screen") ?? default;
        return
        [
            ("Platform", Line(Wire.Text(platform, "name"), Wire.Text(platform, "company"))),
            ("Address", Shown(Wire.Text(platform, "domain"))),
            ("Browser", Line(Wire.Text(screen, "browser"), Wire.Text(screen, "system"))),
            ("Country", Known(Wire.Text(screen, "country"))),
            ("Network", Known(Wire.Text(screen, "network"))),
            ("Same network", Yes(Wire.Truth(screen, "sameNetwork"))),
            ("Opened", Commands.Answer.Minute(Wire.Instant(screen, "openedAt")) ?? "not known"),
            ("First time", Yes(Wire.Truth(Answer, "firstTime"))),
            ("Risky", Yes(Wire.Truth(Answer, "risky"))),
            ("Because", Wire.Texts(Answer, "reasons") is { Count: > 0 } reasons ? string.Join("; ", reasons.Select(r => Why.GetValueOrDefault(r) ?? Plain.Text(r))) : null),
            ("Confirm", Ask()),
        ];
    }

    private string Ask() => Confirmation switch
    {
        "match" => $"choose the number that is on the screen: {string.Join(", ", Choices.Select(Plain.Text))}",
        "type" when IsConfirmed => "the code was typed",
        "type" => $"type {Plain.Text(Code ?? "the code")} at the screen",
        _ => "nothing: this screen can show no number",
    };

    private static string? Shown(string? text) => text is null ? null : Plain.Text(text);

    private static string Known(string? text) => Shown(text) ?? "not known";

    private static string Yes(bool? truth) => truth switch { true => "yes", false => "no", null => "not known" };

    private static string Line(string? what, string? of) => (what, of) switch
    {
        (null, null) => "not known",
        (null, { } only) => Plain.Text(only),
        ({ } only, null) => Plain.Text(only),
        ({ } first, { } second) => $"{Plain.Text(first)} ({Plain.Text(second)})",
    };
}

using Gapura.Kernel;
using Gapura.Sessions.Pages;

namespace Gapura.Developers.Reference.Reading;

/// <summary>The words between the facts.</summary>
internal static class Words
{
    public static readonly Text Nobody = new("Tidak perlu apa-apa: siapa pun boleh memanggil.", "Nothing: anybody may call.");
    public static readonly Text NoSecret = new("Tanpa rahasia: `client_id` di dalam body, bila platform memang tidak punya rahasia.", "No secret: `client_id` in the body, for a platform that has none.");
    private static readonly Text Characters = new("karakter", "characters");
    private static readonly Text AtMost = new("paling banyak", "at most");
    private static readonly Text AtLeast = new("sedikitnya", "at least");
    private static readonly Text OneOf = new("salah satu dari", "one of");
    private static readonly Text Usual = new("biasanya", "usually");
    private static readonly Text Always = new("selalu", "always");
    private static readonly Text Form = new("bentuk", "form");

    public static string Lengths(Language language, int? least, int? most) => (least, most) switch
    {
        (null, null) => "",
        ({ } a, { } b) => $"{a}–{b} {Characters.In(language)}",
        (null, { } b) => $"{AtMost.In(language)} {b} {Characters.In(language)}",
        ({ } a, null) => $"{AtLeast.In(language)} {a} {Characters.In(language)}",
    };

    public static string Numbers(Language language, long? least, long? most) => (least, most) switch
    {
        ({ } a, { } b) => $"{a}–{b}",
        (null, { } b) => $"{AtMost.In(language)} {b}",
        ({ } a and > 0, null) => $"{AtLeast.In(language)} {a}",
        _ => "",
    };

    public static string Choice(Language language, IReadOnlyList<string> words) =>
        words.Count == 0 ? "" : $"{(words.Count == 1 ? Always : OneOf).In(language)} {string.Join(", ", words.Select(w => $"`{w}`"))}";

    public static string Default(Language language, string? word) => word is null ? "" : $"{Usual.In(language)} `{word}`";

    public static string Pattern(Language language, string? pattern) => pattern is null ? "" : $"{Form.In(language)} `{pattern}`";
}

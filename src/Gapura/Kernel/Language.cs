using Microsoft.Net.Http.Headers;

namespace Gapura.Kernel;

/// <summary>The two languages every word for a person exists in. Public because Razor components are.</summary>
public enum Language
{
    Bahasa,
    English,
}

internal static class Languages
{
    /// <summary>BCP 47 tag: <c>id</c> or <c>en</c>.</summary>
    public static string Tag(this Language language) => language == Language.English ? "en" : "id";

    /// <summary>
    /// The first that speaks wins: <c>ui_locales</c> (OpenID Connect Core 3.1.2.1, space-separated tags in order of
    /// preference), then what the person chose here before, then <c>Accept-Language</c>; else Bahasa Indonesia.
    /// </summary>
    public static Language Choose(string? uiLocales, string? chosenBefore, string? acceptLanguage) =>
        (uiLocales ?? "").Split(' ').Select(Read).FirstOrDefault(l => l is not null)
        ?? Read(chosenBefore)
        ?? Accepted(acceptLanguage)
        ?? Language.Bahasa;

    private static Language? Accepted(string? header) =>
        StringWithQualityHeaderValue.TryParseList([header ?? ""], out var values)
            ? values.Where(v => v.Quality is not 0).OrderByDescending(v => v.Quality ?? 1)
                .Select(v => Read(v.Value.Value)).FirstOrDefault(l => l is not null)
            : null;

    // `in` is the tag Java and old Androids send for Indonesian.
    private static Language? Read(string? tag) => tag?.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "id" or "in" => Language.Bahasa,
        "en" => Language.English,
        _ => null,
    };
}

namespace Gapura.Sessions;

/// <summary>
/// What a browser calls itself, in the words people know it by. Browsers name those they imitate, so the order matters:
/// the rarer name first. A hint for a person's eyes; anybody can send any name.
/// </summary>
internal static class BrowserName
{
    private const int LongestRead = 400;

    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("OPT/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("MiuiBrowser/", "Mi Browser"), ("UCBrowser/", "UC Browser"),
        ("YaBrowser/", "Yandex"), ("Vivaldi/", "Vivaldi"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <param name="userAgent">RFC 9110 section 10.1.5.</param>
    /// <returns>Null for a name nobody knows.</returns>
    public static (string? Browser, string? System) Of(string userAgent)
    {
        var read = userAgent.AsSpan(0, Math.Min(userAgent.Length, LongestRead));
        return (First(Browsers, read), First(Systems, read));
    }

    private static string? First((string Mark, string Name)[] known, ReadOnlySpan<char> text)
    {
        foreach (var (mark, name) in known)
            if (text.Contains(mark, StringComparison.Ordinal)) return name;
        return null;
    }
}

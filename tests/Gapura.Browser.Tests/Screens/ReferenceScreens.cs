namespace Gapura.Browser.Tests.Screens;

/// <summary>What a partner's developer reads.</summary>
internal static class ReferenceScreens
{
    public static IReadOnlyList<Screen> List { get; } =
    [
        Of("docs", "/docs"),
        Of("docs.en", "/docs") with { Pictured = "en" },
        Of("docs-seamless-login", "/docs/seamless-login") with { Pictured = "" },
        Of("docs-qrauth", "/docs/qrauth") with { Part = "#openQr" },
        Of("docs-openid", "/docs/openid") with { Pictured = "" },
        Of("docs-tokens", "/docs/tokens") with { Pictured = "" },
        Of("docs-errors", "/docs/errors") with { Pictured = "" },

        // Everything that can be opened, opened.
        new("docs-opened", async visitor =>
        {
            var page = await visitor.GoAsync($"{visitor.World.Demo.Issuer}/docs/qrauth");
            foreach (var summary in await page.Locator("summary").AllAsync()) await summary.ClickAsync();
            return page;
        }) { Pictured = "" },
    ];

    private static Screen Of(string name, string path) => new(name, visitor => visitor.GoAsync(visitor.World.Demo.Issuer + path));
}

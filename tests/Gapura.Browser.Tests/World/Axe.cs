using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.World;

/// <summary>
/// Deque's axe, run in the page itself and not through its wrapper, which opens a second page for every question and
/// costs ten times as much.
/// </summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <returns>What breaks the rules, one sentence each, light and then dark.</returns>
    public static async Task<IReadOnlyList<string>> LightAndDarkAsync(IPage page)
    {
        await page.EvaluateAsync($"() => {{ {Script} }}");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var light = await RunAsync(page, "{}");

        // In the dark a page differs by its colours alone.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await RunAsync(page, "{ runOnly: ['color-contrast'] }");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return [.. light.Select(v => $"light: {v}"), .. dark.Select(v => $"dark: {v}")];
    }

    private static Task<string[]> RunAsync(IPage page, string options) => page.EvaluateAsync<string[]>($$"""
        async () => {
            const options = Object.assign({ resultTypes: ['violations'], iframes: false }, {{options}});
            const found = await axe.run(document, options);
            if (found.passes.length === 0 && !options.runOnly) throw new Error('axe looked at nothing');
            return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(' | ')}`);
        }
        """);
}

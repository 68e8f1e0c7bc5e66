using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Partners;

/// <summary>The partner's page with a sign-in button of its own making: <c>Site/sdk.html</c>.</summary>
internal sealed class PartnerPage(IPage page)
{
    public IPage Page { get; } = page;

    public static async Task<PartnerPage> OpenAsync(Visitor visitor, string origin, string query = "") => new(await visitor.GoAsync($"{origin}/sdk{query}"));

    public async Task<IPage> PressAsync()
    {
        var popup = await Page.Context.RunAndWaitForPageAsync(() => Page.Locator("#go").ClickAsync());
        await popup.Locator("#username").Or(popup.Locator("main form")).First.WaitForAsync();
        return popup;
    }

    /// <summary>How an attempt ended: what the page was given, or the error's code.</summary>
    /// <param name="attempt">The how many-th press, from 0.</param>
    public async Task<JsonElement> EndedAsync(int attempt = 0)
    {
        await Page.WaitForFunctionAsync("n => window.ended[n]?.result || window.ended[n]?.error", attempt);
        return JsonDocument.Parse(await Page.EvaluateAsync<string>("n => JSON.stringify(window.ended[n])", attempt)).RootElement;
    }

    public async Task<string?> ErrorAsync(int attempt = 0) => (await EndedAsync(attempt)).TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    public async Task<JsonElement> ResultAsync(int attempt = 0)
    {
        var ended = await EndedAsync(attempt);
        return ended.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"It failed: {ended}");
    }

    public Task<string[]> StatesAsync() => Page.EvaluateAsync<string[]>("window.states");

    public static Task SignInAndCloseAsync(IPage popup, Person person) => popup.ClosesAfterAsync(() => popup.SignInAsync(person));
}

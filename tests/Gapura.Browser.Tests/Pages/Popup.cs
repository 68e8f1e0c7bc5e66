using System.Text.RegularExpressions;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Pages;

/// <summary>What people do in a page of the server with a form, in a popup or not.</summary>
internal static class Popup
{
    public static async Task SignInAsync(this IPage page, Person person)
    {
        await page.FillPairAsync(person.Username, person.Password);
        await page.SubmitAsync();
    }

    public static async Task FillPairAsync(this IPage page, string username, string password)
    {
        await page.Locator("#username").FillAsync(username);
        await page.Locator("#password").FillAsync(password);
    }

    public static Task SubmitAsync(this IPage page) => page.Locator("main button[type=submit].primary").ClickAsync();

    public static async Task ClosesAfterAsync(this IPage page, Func<Task> act)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Close += (_, _) => closed.TrySetResult();
        try
        {
            await act();
        }
        catch (PlaywrightException) when (page.IsClosed)
        {
            // Gone before the click was reported as done.
        }

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>
    /// Waits until the page is at this address, by asking it again and again: whoever waits for the navigation itself
    /// misses one that ends in the moment between looking and waiting.
    /// </summary>
    public static async Task ArrivesAsync(this IPage page, Regex address)
    {
        await Expect(page).ToHaveURLAsync(address, new() { Timeout = 20_000 });
        await page.WaitForLoadStateAsync();
    }

    /// <inheritdoc cref="ArrivesAsync(IPage, Regex)"/>
    public static Task ArrivesAsync(this IPage page, string address) => page.ArrivesAsync(new Regex($"^{Regex.Escape(address)}$"));

    /// <summary>Every address the back and forward buttons of this window can reach.</summary>
    public static async Task<IReadOnlyList<string>> HistoryAsync(this IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var history = await devtools.SendAsync("Page.getNavigationHistory");
        return [.. history!.Value.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("url").GetString()!)];
    }
}

using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>What a partner's developer sees: where to begin, why something was refused, and the popup of a trial.</summary>
internal static class DeveloperScreens
{
    public static IReadOnlyList<Screen> List { get; } =
    [
        new("developers", visitor => visitor.GoAsync($"{visitor.World.Demo.Issuer}/developers")),
        new("developers.en", visitor => visitor.GoAsync($"{visitor.World.Demo.Issuer}/developers")) { Pictured = "en" },
        new("refusals-key", AskedAsync) { HasButton = true },
        new("refusals-wrong-key", visitor => ShownAsync(visitor, "gpk_bukan_kunci")) { HasButton = true, Expected = "status of 403", Pictured = "" },
        new("refusals", RefusedAsync),
        new("refusals.en", RefusedAsync) { Pictured = "en" },
        new("refusals-none", async visitor => await ShownAsync(visitor, await NewKeyAsync(visitor))) { Pictured = "" },
        new("popup-trial", TrialAsync) { HasButton = true },
    ];

    private static Task<IPage> AskedAsync(Visitor visitor) => visitor.GoAsync($"{visitor.World.Demo.Issuer}/developers/refusals");

    private static async Task<IPage> RefusedAsync(Visitor visitor)
    {
        var platform = visitor.World.StrangersPlatform;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{visitor.World.Demo.Issuer}/v1/qrAuth") { Content = new FormUrlEncodedContent([new("clientId", platform.ClientId), new("nonce", "pendek")]) };
        request.Headers.Add("Origin", "http://localhost:3000");
        using var _ = await http.SendAsync(request);
        return await ShownAsync(visitor, platform.ApiKey);
    }

    private static async Task<IPage> TrialAsync(Visitor visitor)
    {
        var made = await visitor.World.CommandAsync("platform", "add", "--sandbox", "--name", "Toko Percobaan", "--domain", "http://localhost:3000");
        return await visitor.GoAsync(visitor.World.PopupAddress(await visitor.World.TicketAsync(new DemoPlatform("http://localhost:3000", "", made.GetProperty("apiKey").GetString()!, ""))));
    }

    private static async Task<string> NewKeyAsync(Visitor visitor)
    {
        var made = await visitor.World.CommandAsync("platform", "add", "--sandbox", "--name", "Toko Sepi", "--domain", "http://localhost:3000");
        await visitor.World.TicketAsync(new DemoPlatform("http://localhost:3000", "", made.GetProperty("apiKey").GetString()!, "")); // the server knows the key by then
        return made.GetProperty("apiKey").GetString()!;
    }

    private static async Task<IPage> ShownAsync(Visitor visitor, string key)
    {
        var page = await AskedAsync(visitor);
        await page.Locator("#apiKey").FillAsync(key);
        await page.SubmitAsync();
        await page.Locator(".refused, #error").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }
}

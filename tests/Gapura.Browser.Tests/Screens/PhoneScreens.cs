using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>
/// The code beside the password, in every state. The code is the server's own; what becomes of it is told by the test,
/// since a phone would be done before anybody had looked.
/// </summary>
internal static class PhoneScreens
{
    private const string By = "\"sessionId\":\"nu.id:1:tautauberes:x\",\"by\":\"C••• J•••\"";

    private static string Match => $$"""{"state":"scanned",{{By}},"expires":{{In(60)}},"confirmation":"match","digits":"47"}""";

    public static IReadOnlyList<Screen> List { get; } =
    [
        new("popup-phone", visitor => PopupAsync(visitor, "waiting", """{"state":"waiting"}""")),
        new("popup-phone-match", visitor => PopupAsync(visitor, "match", Match)),
        new("sign-in-phone-match", OwnPageAsync),
        new("popup-phone-type", TypeAsync),
        new("popup-phone-wrong-code", WrongCodeAsync) { Expected = "status of 400", Pictured = "" },
        new("popup-phone-confirmed", visitor => PopupAsync(visitor, "confirmed", $$"""{"state":"confirmed",{{By}},"expires":{{In(60)}}}""")) { Pictured = "" },
        new("popup-phone-declined", visitor => PopupAsync(visitor, "declined", """{"state":"denied","reason":"declined"}""")) { Pictured = "" },
        new("popup-phone-wrong-choice", visitor => PopupAsync(visitor, "wrong-choice", """{"state":"denied","reason":"wrong_choice"}""")) { Pictured = "" },
        new("popup-phone-expired", visitor => PopupAsync(visitor, "expired", $$"""{"state":"confirmed",{{By}},"expires":{{In(-5)}}}""")) { Pictured = "" },
    ];

    /// <summary>From now on the server says this of every sign-in with a phone, to whoever asks.</summary>
    public static Task SaysAsync(this IBrowserContext context, string state) => context.RouteAsync("**/v1/qrAuth/events*", route =>
        // 204 ends a stream for good: then the page asks.
        route.Request.Headers["accept"].Contains("event-stream", StringComparison.Ordinal)
            ? route.FulfillAsync(new() { Status = 204 })
            : route.FulfillAsync(new() { ContentType = "application/json", Body = state }));

    private static async Task<IPage> PopupAsync(Visitor visitor, string section, string state) =>
        await PageAsync(visitor, visitor.World.PopupAddress(await visitor.World.TicketAsync(visitor.World.Demo.Platform)), section, state);

    private static Task<IPage> OwnPageAsync(Visitor visitor) => PageAsync(visitor, $"{visitor.World.Demo.Issuer}/sign-in", "match", Match);

    private static async Task<IPage> PageAsync(Visitor visitor, string address, string section, string state)
    {
        await visitor.Context.AddInitScriptAsync("if (location.protocol !== 'about:') localStorage.setItem('gapura-door', 'phone')");
        await visitor.Context.SaysAsync(state);
        var page = await visitor.GoAsync(address);
        await page.Locator($"[data-section={section}]").WaitForAsync();
        if (section == "waiting") await page.Locator("[data-part=image]").WaitForAsync();
        return page;
    }

    private static Task<IPage> TypeAsync(Visitor visitor) =>
        PopupAsync(visitor, "type", $$"""{"state":"scanned",{{By}},"expires":{{In(60)}},"confirmation":"type","triesLeft":3}""");

    private static async Task<IPage> WrongCodeAsync(Visitor visitor)
    {
        await visitor.Context.RouteAsync("**/v1/qrAuth/confirm", route => route.FulfillAsync(new()
        {
            Status = 400, ContentType = "application/json", Body = """{"error":"wrong_code","error_description":"x","triesLeft":2}""",
        }));
        var page = await TypeAsync(visitor);
        await page.Locator("#typed").PressSequentiallyAsync("0123");
        await page.Locator("#typed-wrong").WaitForAsync();
        return page;
    }

    private static long In(int seconds) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;
}

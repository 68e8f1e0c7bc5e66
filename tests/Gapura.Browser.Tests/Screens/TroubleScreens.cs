using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.Screens;

/// <summary>What goes wrong on nobody's account: the database is away, a partner asks wrongly, a browser runs no scripts.</summary>
internal static class TroubleScreens
{
    // RFC 7636, appendix B: whose verifier it is does not matter where nobody collects.
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public static IReadOnlyList<Screen> List { get; } =
    [
        new("unavailable", UnavailableAsync) { Expected = "status of 503" },
        new("unavailable.en", UnavailableAsync) { Expected = "status of 503", Pictured = "en" },
        new("popup-wrong-request", WrongRequestAsync) { Expected = "status of 400" },
        new("popup-link-without-script", LinkAsync) { Script = false },
        new("popup-lost-without-script", LostAsync) { Script = false, Pictured = "" },
    ];

    // It breaks in the middle: the form was there, and what is sent with it cannot be looked at.
    private static async Task<IPage> UnavailableAsync(Visitor visitor)
    {
        await using var server = await BreakingServer.StartAsync();
        var page = await visitor.GoAsync($"{server.Address}/sign-in");
        server.Break();
        await page.SignInAsync(visitor.World.CobaJualan);
        await page.Locator(".detail").WaitForAsync();
        return page;
    }

    private static async Task<IPage> WrongRequestAsync(Visitor visitor) =>
        await visitor.GoAsync(visitor.World.PopupAddress(await visitor.World.TicketAsync(visitor.World.Demo.Platform), "&redirect_uri=https%3A%2F%2Fcontoh.example%2Fkembali"));

    private static Task<IPage> LinkAsync(Visitor visitor) =>
        SignedInAsync(visitor, "tautan", $"&redirect_uri=https%3A%2F%2Fgudang.example.id%2Fkembali&code_challenge={Challenge}&code_challenge_method=S256");

    private static Task<IPage> LostAsync(Visitor visitor) => SignedInAsync(visitor, "hilang", "");

    private static async Task<IPage> SignedInAsync(Visitor visitor, string what, string more)
    {
        var partner = await visitor.World.NewPartnerAsync($"gudang-{what}-{visitor.Language}", "Gudang Kita", "https://gudang.example.id", "https://gudang.example.id/kembali");
        var page = await visitor.GoAsync(visitor.World.PopupAddress(await visitor.World.TicketAsync(partner), more));
        await page.SignInAsync(visitor.World.CobaJualan);
        await page.Locator("noscript a.primary").WaitForAsync();
        return page;
    }
}

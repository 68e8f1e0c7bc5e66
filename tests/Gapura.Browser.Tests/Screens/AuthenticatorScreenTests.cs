using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Screens;

/// <summary>The phone's app in every state, on the way somebody goes through it: in both languages, light and dark, narrow, and read aloud.</summary>
public sealed class AuthenticatorScreenTests(TestWorld world) : BrowserTest(world)
{
    private string _language = "id";

    [Theory(Timeout = 180_000)]
    [InlineData("id")]
    [InlineData("en")]
    public async Task Every_state_is_for_everybody(string language)
    {
        _language = language;
        var visitor = await EnterAsync(new Comes(language, 360, 740));
        foreach (var expected in (string[])["status of 400", "status of 401", "ERR_INTERNET_DISCONNECTED"]) visitor.Expect(expected);
        var phone = await Authenticator.OpenAsync(visitor);
        var nyoman = await World.NewPersonAsync("Nyoman Arta");
        await SetUpAsync(phone, nyoman);
        await SignInRiskyAsync(phone);
        await SignInOrdinaryAsync(phone);
        await DeclineAsync(phone);
        await AskedFromAfarAsync(phone, nyoman);
        await LookAfterAsync(phone, visitor);
    }

    private async Task SetUpAsync(Authenticator phone, Person person)
    {
        await phone.Page.Locator("#username").WaitForAsync();
        await IsForEverybodyAsync(phone, "set-up");
        await phone.Page.FillPairAsync(person.Username, person.Password);
        await phone.Page.SubmitAsync();
        await phone.Page.Locator("#passphrase").WaitForAsync();
        await IsForEverybodyAsync(phone, "lock");
        await phone.ChoosePassphraseAsync();
        await phone.Page.Locator("#phone-name").WaitForAsync();
        await IsForEverybodyAsync(phone, "name");
        await phone.Page.SubmitAsync();
        await phone.IsDoneAsync();
        await IsForEverybodyAsync(phone, "ready");
        await phone.GoHomeAsync();
        await IsForEverybodyAsync(phone, "home");
    }

    private async Task SignInRiskyAsync(Authenticator phone)
    {
        await phone.Page.Locator("#scan").ClickAsync();
        await phone.Page.Locator("#unlock-passphrase").WaitForAsync();
        await IsForEverybodyAsync(phone, "unlock");
        await phone.UnlockAsync();
        await phone.PasteAsync("https://contoh.example/promo");
        await phone.Refusal.First.WaitForAsync();
        await IsForEverybodyAsync(phone, "scan");
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.PasteAsync(screen.SessionId);
        await phone.Page.Locator("#approve").WaitForAsync();
        await IsForEverybodyAsync(phone, "review-risky");
        await phone.ApproveAsync();
        await phone.Digits.WaitForAsync();
        await IsForEverybodyAsync(phone, "type");
        await screen.TypeAsync((await phone.Digits.TextContentAsync())!);
        await phone.IsDoneAsync();
        await IsForEverybodyAsync(phone, "done");
        await screen.CollectAsync();
        await phone.GoHomeAsync();
    }

    private async Task SignInOrdinaryAsync(Authenticator phone)
    {
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.ScanAsync(screen.SessionId);
        await IsForEverybodyAsync(phone, "review");
        await phone.ApproveAsync();
        await phone.Choices.First.WaitForAsync();
        await IsForEverybodyAsync(phone, "match");
        var right = (await screen.SeesAsync()).GetProperty("digits").GetString();
        await phone.ChooseAsync((await phone.Choices.AllTextContentsAsync()).First(c => c.Trim() != right).Trim());
        await phone.Refusal.First.WaitForAsync();
        await IsForEverybodyAsync(phone, "refused");
        await phone.GoHomeAsync();
    }

    private async Task DeclineAsync(Authenticator phone)
    {
        using var screen = await OwnScreen.OpenAsync(World.Demo);
        await phone.ScanAsync(screen.SessionId);
        await phone.DeclineAsync();
        await phone.IsDoneAsync();
        await IsForEverybodyAsync(phone, "declined");
        await phone.GoHomeAsync();
    }

    private async Task AskedFromAfarAsync(Authenticator phone, Person person)
    {
        await MenuAsync(phone, 0, "main");
        await Expect(phone.Page.Locator("main p.status")).ToHaveTextAsync(_language == "id" ? "Tidak ada permintaan sekarang." : "There is no request now.");
        await IsForEverybodyAsync(phone, "requests-none");
        var bank = await CallCentre.OpenAsync(World, "bank-" + _language);
        var asked = await bank.AskAsync(person, "Teluk 4711");
        await phone.Page.Locator("main button.secondary").First.ClickAsync();
        await phone.Page.Locator("main .menu .row").WaitForAsync();
        await IsForEverybodyAsync(phone, "requests");
        await phone.GoHomeAsync();
        await phone.Page.Locator(".news .row").WaitForAsync();
        await IsForEverybodyAsync(phone, "home-asked");
        await phone.Page.Locator(".news .row").ClickAsync();
        await phone.Page.Locator("#approve").WaitForAsync();
        await IsForEverybodyAsync(phone, "review-request");
        await phone.ApproveAsync();
        await phone.UnlockAsync();
        await phone.IsDoneAsync();
        await IsForEverybodyAsync(phone, "request-done");
        Assert.True((await bank.CollectAsync(asked)).TryGetProperty("id_token", out _));
        await phone.GoHomeAsync();

        await bank.AskAsync(person, "Teluk 4712");
        await MenuAsync(phone, 0, "main .menu .row");
        await phone.Page.Locator("main .menu .row").ClickAsync();
        await phone.Page.Locator("#report").WaitForAsync();
        await Task.Delay(600); // as in Authenticator
        await phone.Page.Locator("#report").ClickAsync();
        await phone.UnlockAsync();
        await phone.IsDoneAsync();
        await IsForEverybodyAsync(phone, "request-reported");
        await phone.GoHomeAsync();
    }

    private async Task LookAfterAsync(Authenticator phone, Visitor visitor)
    {
        await MenuAsync(phone, 1, ".sign-ins li");
        await Task.Delay(1000); // the list is drawn once more, with what the server has just said
        await phone.Page.Locator(".sign-ins summary").First.ClickAsync();
        await IsForEverybodyAsync(phone, "history");
        await phone.Page.Locator(".sign-ins .danger").First.ClickAsync();
        await phone.IsDoneAsync();
        await IsForEverybodyAsync(phone, "reported");
        await phone.GoHomeAsync();
        await MenuAsync(phone, 2, "main li");
        await IsForEverybodyAsync(phone, "phones");
        await phone.GoHomeAsync();
        await MenuAsync(phone, 3, "main");
        await IsForEverybodyAsync(phone, "settings");
        await phone.GoHomeAsync();
        await phone.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => undefined)");
        await visitor.Context.SetOfflineAsync(true);
        await phone.Page.ReloadAsync();
        await Expect(phone.Page.Locator("#offline")).ToBeVisibleAsync();
        await IsForEverybodyAsync(phone, "offline");
    }

    private static async Task MenuAsync(Authenticator phone, int place, string until)
    {
        await phone.Page.Locator("nav .menu button").Nth(place).ClickAsync();
        await Expect(phone.Page.Locator("nav .menu")).ToHaveCountAsync(0);
        await phone.Page.Locator(until).First.WaitForAsync();
    }

    private async Task IsForEverybodyAsync(Authenticator phone, string state)
    {
        var page = phone.Page;
        Assert.Equal(_language, await page.EvaluateAsync<string>("document.documentElement.lang"));
        await Pictures.TakePhoneAsync(page, state, _language);
        foreach (var width in (int[])[320, 360])
        {
            await page.SetViewportSizeAsync(width, 740);
            Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        }

        Assert.Empty((await Axe.LightAndDarkAsync(page)).Select(v => $"{state}, {v}"));
    }
}

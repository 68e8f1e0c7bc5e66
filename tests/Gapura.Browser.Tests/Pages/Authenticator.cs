using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Pages;

/// <summary>The phone's app, as its owner uses it: with a passphrase, and with a code that is pasted.</summary>
internal sealed class Authenticator
{
    private const string Passphrase = "gunung batu hijau";

    private Authenticator(IPage page) => Page = page;

    public IPage Page { get; }

    public ILocator Title => Page.Locator("h1");

    public ILocator Refusal => Page.Locator("main .error");

    /// <summary>The four digits to be typed at the screen.</summary>
    public ILocator Digits => Page.Locator(".digits [aria-hidden]");

    /// <summary>The numbers of which one is on the screen.</summary>
    public ILocator Choices => Page.Locator(".number");

    /// <summary>A phone in somebody's hand: small, and asking for nothing but what a phone has.</summary>
    public static async Task<Authenticator> OpenAsync(Visitor visitor) => new(await visitor.GoAsync($"{visitor.World.Demo.Issuer}/authenticator/"));

    /// <summary>Gives this phone a screen lock that can keep a secret, and a finger that fits it.</summary>
    public async Task HasScreenLockAsync()
    {
        var devtools = await Page.Context.NewCDPSessionAsync(Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["ctap2Version"] = "ctap2_1", ["transport"] = "internal", ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true, ["hasResidentKey"] = true, ["hasPrf"] = true,
            },
        });
    }

    /// <summary>From the first page to the home of the app, with the screen lock in the place of a passphrase.</summary>
    public async Task SetUpWithScreenLockAsync(Person person)
    {
        await Page.FillPairAsync(person.Username, person.Password);
        await Page.SubmitAsync();
        await Page.Locator(".choice .primary").ClickAsync();
        await EnrolAsync(name: null);
    }

    /// <summary>From the first page to the home of the app.</summary>
    public async Task SetUpAsync(Person person, string? name = null)
    {
        await Page.FillPairAsync(person.Username, person.Password);
        await Page.SubmitAsync();
        var first = Page.Locator("#passphrase");
        await first.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await ChoosePassphraseAsync();
        await EnrolAsync(name);
    }

    public async Task ChoosePassphraseAsync()
    {
        await Page.Locator("#passphrase").FillAsync(Passphrase);
        await Page.Locator("#passphrase-again").FillAsync(Passphrase);
        await Page.SubmitAsync();
    }

    /// <summary>Presses the one large button, and unlocks: the camera looks.</summary>
    public async Task OpenCameraAsync()
    {
        await Page.Locator("#scan").ClickAsync();
        await UnlockAsync();
    }

    /// <summary>As <see cref="OpenCameraAsync"/>, where the camera has nothing to see.</summary>
    public async Task StartScanAsync()
    {
        await OpenCameraAsync();
        await Page.Locator("details.other").WaitForAsync();
    }

    /// <summary>Waits for the question for the passphrase, and answers it.</summary>
    public async Task UnlockAsync()
    {
        await Page.Locator("#unlock-passphrase").FillAsync(Passphrase);
        await Page.Locator("#unlock-passphrase").PressAsync("Enter");
    }

    /// <summary>In the place of the camera: the text of a code.</summary>
    public async Task PasteAsync(string sessionId)
    {
        // Not by a click: where there is no camera the app opens it by itself, perhaps at this very moment.
        await Page.Locator("details.other").EvaluateAsync("e => { e.open = true; }");
        await Page.Locator("#code-text").FillAsync(sessionId);
        await Page.Locator("details.other button[type=submit]").ClickAsync();
    }

    /// <summary>From home to what the person must see.</summary>
    public async Task ScanAsync(string sessionId)
    {
        await StartScanAsync();
        await PasteAsync(sessionId);
        await Page.Locator("#approve").WaitForAsync();
    }

    public Task ApproveAsync() => DecideAsync("#approve");

    public Task DeclineAsync() => DecideAsync("#decline");

    public Task ChooseAsync(string number) => Choices.GetByText(number, new() { Exact = true }).ClickAsync();

    public Task IsDoneAsync() => Expect(Page.Locator("main .done")).ToBeVisibleAsync();

    /// <summary>The back button of the phone, which always leads home.</summary>
    public async Task GoHomeAsync()
    {
        await Page.GoBackAsync();
        await Page.Locator("#scan").WaitForAsync();
    }

    private async Task EnrolAsync(string? name)
    {
        await Page.Locator("#phone-name").WaitForAsync();
        if (name is not null) await Page.Locator("#phone-name").FillAsync(name);
        await Page.SubmitAsync();
        await Page.Locator("main .done").WaitForAsync();
        await GoHomeAsync();
    }

    // For half a second the buttons take no press: a finger that was on its way elsewhere must not decide.
    private async Task DecideAsync(string button)
    {
        await Page.Locator(button).WaitForAsync();
        await Task.Delay(600);
        await Page.Locator(button).ClickAsync();
    }
}

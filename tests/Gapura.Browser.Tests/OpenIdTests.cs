using System.Net.Http.Json;
using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>The code flow as a person walks it: a browser holds every form to what its page allowed.</summary>
public sealed class OpenIdTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task A_person_signs_in_agrees_and_is_back_at_the_platform()
    {
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var page = await (await EnterAsync()).GoAsync(Authorization(World, "openid npwp"));
        await page.SignInAsync(siti);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Izinkan Gudang Kita mengenali Anda?");
        await Expect(page.Locator(".asked li")).ToHaveTextAsync(["tanda bahwa ini akun yang sama setiap kali Anda masuk", "NPWP Anda: nomor pajak Anda, seluruh angkanya"]);
        await page.Locator("button[value=allow]").ClickAsync();
        await IsBackAsync(page, "code=");

        // The second time nothing is asked, and a third party of the person's choice is still told no.
        await page.GotoAsync(Authorization(World, "openid"));
        await IsBackAsync(page, "code=");
        await page.GotoAsync(Authorization(World, "openid email"));
        await page.Locator("button[value=deny]").ClickAsync();
        await IsBackAsync(page, "error=access_denied");
    }

    [Fact]
    public async Task A_phone_opens_the_same_door_with_no_code_of_the_platforms()
    {
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var phone = new PhoneInHand(World, await World.NewPhoneAsync(siti, "Ponsel Siti"));
        var door = new PhoneDoor(await (await EnterAsync()).GoAsync(Authorization(World, "openid")));
        Assert.Equal(200, await (await door.ConfirmAsync(phone, await door.CodeAsync()))());
        await door.Page.Locator("button[value=allow]").ClickAsync();
        await IsBackAsync(door.Page, "code=");
    }

    [Fact]
    public async Task Who_signed_in_with_a_password_is_asked_for_the_phone_where_the_platform_wants_it()
    {
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var phone = new PhoneInHand(World, await World.NewPhoneAsync(siti, "Ponsel Siti"));
        var page = await (await EnterAsync()).GoAsync($"{World.Demo.Issuer}/sign-in");
        await page.SignInAsync(siti);
        await Expect(page.Locator(".person-bar")).ToBeVisibleAsync();

        await page.GotoAsync(Authorization(World, "openid") + "&acr_values=urn:gapura:acr:phone");
        Assert.Contains("with=phone", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator(".lead")).ToHaveTextAsync("Situs yang Anda tuju meminta Anda masuk dengan ponsel.");
        await Expect(page.Locator("#password")).ToHaveCountAsync(0);
        var door = new PhoneDoor(page);
        Assert.Equal(200, await (await door.ConfirmAsync(phone, await door.CodeAsync()))());
        await page.Locator("button[value=allow]").ClickAsync();
        await IsBackAsync(page, "code=");

        // Asked for the phone it says so; the password of a moment ago is not forgotten.
        var claims = await RedeemAsync(World, QueryHelpers.ParseQuery(new Uri(page.Url).Query)["code"].ToString());
        Assert.Equal("urn:gapura:acr:phone", claims.GetProperty("acr").GetString());
        Assert.Equal(["mfa", "pwd", "swk", "user"], claims.GetProperty("amr").EnumerateArray().Select(m => m.GetString()!).Order(StringComparer.Ordinal));
    }

    /// <summary>What the platform <see cref="TestWorld.StrangersPlatform"/> sends people to.</summary>
    internal static string Authorization(TestWorld world, string scope, string mode = "query") =>
        $"{world.Demo.Issuer}/oauth/authorize?client_id={world.StrangersPlatform.ClientId}&redirect_uri={Uri.EscapeDataString(world.Registered + "/cb")}&response_type=code"
        + $"&scope={Uri.EscapeDataString(scope)}&state=abc&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&response_mode={mode}";

    /// <returns>The claims of the ID token; its signature is proved elsewhere.</returns>
    internal static async Task<JsonElement> RedeemAsync(TestWorld world, string code)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = world.Registered + "/cb", ["code_verifier"] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            ["client_id"] = world.StrangersPlatform.ClientId, ["client_secret"] = world.StrangersPlatform.ApiKey,
        });
        using var answer = await http.PostAsync(new Uri($"{world.Demo.Issuer}/oauth/token"), form);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return JsonDocument.Parse(WebEncoders.Base64UrlDecode(tokens.GetProperty("id_token").GetString()!.Split('.')[1])).RootElement;
    }

    private async Task IsBackAsync(IPage page, string with)
    {
        await Expect(page.Locator("h1")).ToHaveTextAsync("Called back");
        Assert.StartsWith(World.Registered + "/cb?", page.Url, StringComparison.Ordinal);
        foreach (var part in (string[])[with, "state=abc", "iss="]) Assert.Contains(part, page.Url, StringComparison.Ordinal);
    }
}

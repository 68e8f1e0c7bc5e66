using System.Text.Json;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>An app that is only a page, on an origin of its own, with oidc-client-ts as its authors publish it: what a browser allows is what counts.</summary>
public sealed class AppWithoutBackendTests(TestWorld world) : BrowserTest(world)
{
    private static readonly string Library = Path.Combine(Programs.Repository, "tests", "clients", "node_modules", "oidc-client-ts");

    [Fact]
    public async Task With_oidc_client_ts_a_person_is_signed_in_and_their_token_is_renewed_and_revoked()
    {
        var (page, person, visitor) = await OpenAsync("app-redirect", "openid profile offline_access");
        await page.EvaluateAsync("() => { manager.signinRedirect(); }");
        await SignInAsync(page, person);
        await Expect(page.Locator("h1")).ToHaveTextAsync($"Hello, {person.Name}");

        var renewed = await page.EvaluateAsync<bool[]>("""
            async () => {
                const before = await manager.getUser();
                const after = await manager.signinSilent();
                return [before.access_token !== after.access_token, before.profile.sub === after.profile.sub];
            }
            """);
        Assert.Equal([true, true], renewed);

        visitor.Expect("401");
        var statuses = await page.EvaluateAsync<int[]>("""
            async () => {
                const { access_token } = await manager.getUser();
                const isGood = async () => (await fetch(await manager.metadataService.getUserInfoEndpoint(), { headers: { authorization: `Bearer ${access_token}` } })).status;
                const before = await isGood();
                await manager.revokeTokens();
                return [before, await isGood()];
            }
            """);
        Assert.Equal([200, 401], statuses);
    }

    [Fact]
    public async Task With_oidc_client_ts_a_popup_signs_in_and_later_a_frame_does_without_a_word()
    {
        var (page, person, _) = await OpenAsync("app-popup", "openid profile");
        var popup = await page.RunAndWaitForPopupAsync(() => page.EvaluateAsync("() => { window.signed = manager.signinPopup(); }"));
        await SignInAsync(popup, person);
        Assert.Equal(person.Name, await page.EvaluateAsync<string>("async () => (await window.signed).profile.name"));
        Assert.Equal(person.Name, await page.EvaluateAsync<string>("async () => (await manager.signinSilent()).profile.name"));
    }

    [Fact]
    public async Task With_oidc_client_ts_a_person_is_signed_out_there_and_here()
    {
        var (page, person, _) = await OpenAsync("app-logout", "openid profile");
        await page.EvaluateAsync("() => { manager.signinRedirect(); }");
        await SignInAsync(page, person);
        await Expect(page.Locator("h1")).ToHaveTextAsync($"Hello, {person.Name}");
        await page.EvaluateAsync("() => { manager.signoutRedirect({ state: 'left' }); }");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Nobody");

        // Not by the session of before.
        await page.EvaluateAsync("() => { manager.signinRedirect(); }");
        await Expect(page.Locator("input[name=username]")).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, Person person)
    {
        await page.SignInAsync(person);
        await page.Locator("button[value=allow]").ClickAsync();
    }

    private async Task<(IPage Page, Person Person, Visitor Visitor)> OpenAsync(string clientId, string scope)
    {
        NeedsOrSkips(Directory.Exists(Library) ? null : "oidc-client-ts is not installed: npm ci --prefix tests/clients.");
        var person = await World.NewPersonAsync("Siti Rahmawati");
        await World.NewAppAsync(clientId);
        var visitor = await EnterAsync();
        await visitor.Context.AddInitScriptAsync($"window.given = {JsonSerializer.Serialize(new { authority = World.Demo.Issuer, client_id = clientId, scope })}");
        var page = await visitor.GoAsync($"{World.Registered}/app");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Nobody");
        return (page, person, visitor);
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests;

/// <summary>A device without a keyboard waits, and a person lets it in with a browser (RFC 8628).</summary>
public sealed class DeviceTests(TestWorld world) : BrowserTest(world)
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    [Fact]
    public async Task A_person_types_the_code_signs_in_compares_and_the_device_has_its_tokens()
    {
        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var device = await AskAsync();
        var page = await (await EnterAsync(new Comes(Width: 320, Height: 640))).GoAsync($"{World.Demo.Issuer}/device");
        await LooksRightAsync(page);
        await page.Locator("#user_code").FillAsync(device.GetProperty("user_code").GetString()!.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Enter");
        await page.SignInAsync(siti);

        await Expect(page.Locator("h1")).ToHaveTextAsync("Hubungkan Gudang Kita di perangkat lain?");
        await Expect(page.Locator("p.user-code")).ToHaveTextAsync(device.GetProperty("user_code").GetString()!);
        await Expect(page.Locator(".error")).ToContainTextAsync("jangan izinkan");
        await LooksRightAsync(page);
        await page.Locator("button[value=allow]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Perangkat Anda terhubung");
        Assert.True((await PollAsync(device)).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task The_link_of_the_QR_code_leads_to_the_same_question_and_a_no_is_a_no()
    {
        var device = await AskAsync();
        var page = await (await EnterAsync()).GoAsync(device.GetProperty("verification_uri_complete").GetString()!);
        await page.SignInAsync(await World.NewPersonAsync("Made Surya"));
        await page.Locator("button[value=deny]").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Perangkat itu tidak dihubungkan");
        Assert.Equal("access_denied", (await PollAsync(device)).GetProperty("error").GetString());
    }

    private static async Task LooksRightAsync(IPage page)
    {
        Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{v.Id} {string.Join(", ", v.Nodes.Select(n => n.Html))}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
    }

    private async Task<JsonElement> AskAsync()
    {
        await World.CommandAsync("platform", "set-client", World.StrangersPlatform.ClientId, "--grant-type", GrantType);
        for (var tries = 0; ; tries++)
        {
            var answer = await PostAsync("/oauth/device_authorization", new() { ["scope"] = "openid profile" });
            if (answer.TryGetProperty("device_code", out _) || tries == 50) return answer;
            await Task.Delay(100); // a setting of this moment
        }
    }

    private Task<JsonElement> PollAsync(JsonElement device) =>
        PostAsync("/oauth/token", new() { ["grant_type"] = GrantType, ["device_code"] = device.GetProperty("device_code").GetString()! });

    private async Task<JsonElement> PostAsync(string path, Dictionary<string, string> fields)
    {
        fields["client_id"] = World.StrangersPlatform.ClientId;
        fields["client_secret"] = World.StrangersPlatform.ApiKey;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(World.Demo.Issuer + path), form);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

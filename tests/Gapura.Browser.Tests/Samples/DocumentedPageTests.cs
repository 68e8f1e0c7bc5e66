using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Samples;

/// <summary>The documented page and the documented plugin, unchanged but for the host, and APIs that accept the token they get.</summary>
public sealed class DocumentedPageTests(TestWorld world) : BrowserTest(world)
{
    [Fact]
    public async Task The_documented_page_signs_in()
    {
        var site = Stays(await SiteAsync("index.html", "docpage"));
        var page = await (await EnterAsync()).GoAsync(Address(site));
        var popup = await page.RunAndWaitForPopupAsync(() => page.Locator("#login").ClickAsync());
        Assert.Equal((445, 650), (await popup.EvaluateAsync<int>("innerWidth"), await popup.EvaluateAsync<int>("innerHeight")));
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        await Expect(page.Locator("#who")).ToHaveTextAsync($"{World.CobaJualan.Username} ({World.CobaJualan.Npwp})");
    }

    [Fact]
    public async Task The_documented_plugin_signs_in_and_sets_the_three_cookies()
    {
        var site = Stays(await SiteAsync("nleauth.html", "nleauth"));
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync(Address(site));
        var popup = await page.RunAndWaitForPopupAsync(() => page.GetByText("Login as NLE").ClickAsync());
        await popup.ClosesAfterAsync(() => popup.SignInAsync(World.CobaJualan));
        await page.ArrivesAsync(new Regex("/after$"));
        var cookies = (await visitor.Context.CookiesAsync([Address(site)])).ToDictionary(c => c.Name, c => c.Value);
        Assert.Equal(World.CobaJualan.Username, cookies["nle_user"]);
        Assert.Equal(World.CobaJualan.Npwp, cookies["nle_npwp"]);
        Assert.StartsWith("ey", cookies["nle_token"], StringComparison.Ordinal);
    }

    [Theory(Timeout = 180_000)]
    [InlineData("resource-api-node", "node server.mjs")]
    [InlineData("resource-api-python", "/usr/bin/python3 app.py")]
    [InlineData("resource-api-dotnet", "dotnet run -c Release")]
    public async Task An_API_accepts_the_token_refuses_a_forged_one_and_hears_of_a_revocation(string folder, string command)
    {
        NeedsOrSkips(SampleProgram.Missing(folder, command));
        var (platform, token) = await TokenAsync("for-" + folder);
        var api = await World.CommandAsync("platform", "add", "--client-id", folder, "--name", "Bea Cukai", "--company", "Bea Cukai", "--domain", "https://api.example.com", "--resource-api");
        var key = await World.CommandAsync("api-key", "issue", "--platform", api.GetProperty("clientId").GetString()!);
        await Task.Delay(600); // the server looks at what has changed four times a second
        var sample = Stays(await SampleProgram.StartAsync(folder, command, SampleProgram.FreePort(), new()
        {
            ["GAPURA_ISSUER"] = World.Demo.Issuer, ["GAPURA_CLIENT_ID"] = folder, ["GAPURA_API_KEY"] = key.GetProperty("apiKey").GetString()!,
        }));

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, "/documents", null));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(HttpMethod.Get, "/documents", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, "/documents", token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(HttpMethod.Delete, "/documents/1", token));

        using var revoke = new FormUrlEncodedContent([new("token", token), new("client_id", platform.ClientId), new("client_secret", platform.ApiKey)]);
        using var revoked = await http.PostAsync(new Uri($"{World.Demo.Issuer}/oauth/revoke"), revoke);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Delete, "/documents/1", token));

        async Task<HttpStatusCode> AskAsync(HttpMethod method, string path, string? shown)
        {
            using var question = new HttpRequestMessage(method, sample.Origin + path);
            if (shown is not null) question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", shown);
            using var answer = await http.SendAsync(question);
            return answer.StatusCode;
        }
    }

    private async Task<(DemoPlatform Platform, string Token)> TokenAsync(string clientId)
    {
        var site = Stays(await SiteAsync("index.html", clientId));
        var visitor = await EnterAsync();
        var page = await visitor.GoAsync(Address(site));
        await page.EvaluateAsync("addEventListener('message', (e) => { if (e.data?.access_token) window.token = e.data.access_token; })");
        var popup = await page.RunAndWaitForPopupAsync(() => page.Locator("#login").ClickAsync());
        await popup.SignInAsync(World.CobaJualan);
        await page.WaitForFunctionAsync("window.token");
        return (_platforms[clientId], await page.EvaluateAsync<string>("window.token"));
    }

    private readonly Dictionary<string, DemoPlatform> _platforms = new(StringComparer.Ordinal);

    // A partner's backend in one line: it prints what the page leaves open.
    private async Task<WebApplication> SiteAsync(string file, string clientId)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.MapGet("/after", () => Results.Content("<!doctype html><title>In</title><h1>In</h1>", "text/html"));
        site.MapGet("/favicon.ico", () => Results.NoContent());
        site.MapGet("/", async () => Results.Content(
            (await File.ReadAllTextAsync(Path.Combine(Programs.Repository, "samples", "html", file)))
                .Replace("{gapura}", World.Demo.Issuer, StringComparison.Ordinal).Replace("{token}", await World.TicketAsync(_platforms[clientId]), StringComparison.Ordinal)
                .Replace("{platform URL}", _platforms[clientId].Domain, StringComparison.Ordinal).Replace("{URL after login}", "/after", StringComparison.Ordinal), "text/html"));
        await site.StartAsync();
        var origin = Address(site);
        await World.CommandAsync("platform", "add", "--client-id", clientId, "--name", "Truk Kita", "--company", "PT Truk", "--domain", origin);
        var key = await World.CommandAsync("api-key", "issue", "--platform", clientId);
        _platforms[clientId] = new DemoPlatform(origin, clientId, key.GetProperty("apiKey").GetString()!, origin);
        return site;
    }

    private static string Address(WebApplication site) => $"http://localhost:{new Uri(site.Urls.First()).Port}";
}

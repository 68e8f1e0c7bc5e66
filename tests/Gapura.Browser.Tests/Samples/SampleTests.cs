using Gapura.Browser.Tests.Pages;
using Gapura.Browser.Tests.World;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gapura.Browser.Tests.Samples;

/// <summary>The partners' sites of <c>samples/</c>: a person presses the button, signs in, and the site knows who it is.</summary>
public sealed class SampleTests(TestWorld world) : BrowserTest(world)
{
    private const int LongestSample = 80;

    public static TheoryData<string, string> Sites { get; } = new()
    {
        { "node-express", "node server.mjs" },
        { "php", "php -S localhost:$PORT index.php" },
        { "python-flask", "/usr/bin/python3 app.py" },
        { "aspnetcore", "dotnet run -c Release" },
    };

    [Theory(Timeout = 180_000)]
    [MemberData(nameof(Sites))]
    public async Task A_person_signs_in_with_the_button_of_a_site(string folder, string command)
    {
        NeedsOrSkips(SampleProgram.Missing(folder, command));
        var port = SampleProgram.FreePort();
        var given = await GivenAsync("sample-" + folder, SampleProgram.OriginOf(port));
        var sample = Stays(await SampleProgram.StartAsync(folder, command, port, given));

        var page = await (await ComeAsync()).GoAsync(sample.Origin + "/");
        var popup = await page.RunAndWaitForPopupAsync(() => page.Locator("gapura-button").ClickAsync());
        await popup.SignInAsync(World.CobaJualan);
        await Expect(page.Locator("#who")).ToHaveTextAsync($"{World.CobaJualan.Username} ({World.CobaJualan.Npwp})");

        await page.Locator("button").ClickAsync();
        await Expect(page.Locator("gapura-button")).ToBeVisibleAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task A_person_signs_in_to_an_app_without_a_backend()
    {
        NeedsOrSkips(SampleProgram.Missing("spa", "npm start"));
        var port = SampleProgram.FreePort();
        var origin = SampleProgram.OriginOf(port);
        await World.CommandAsync("platform", "add", "--client-id", "sample-spa", "--name", "Gudang Kita", "--company", "PT Gudang", "--domain", origin, "--redirect-uri", origin + "/", "--post-logout-redirect-uri", origin + "/");
        await Task.Delay(600); // the server looks at what has changed four times a second
        var sample = Stays(await SampleProgram.StartAsync("spa", "npm start", port, new() { ["GAPURA_ISSUER"] = World.Demo.Issuer, ["GAPURA_CLIENT_ID"] = "sample-spa" }));

        var siti = await World.NewPersonAsync("Siti Rahmawati");
        var page = await (await ComeAsync()).GoAsync(origin + "/");
        await page.Locator("#sign-in").ClickAsync();
        await page.SignInAsync(siti);
        await page.Locator("button[value=allow]").ClickAsync();
        await Expect(page.Locator("#who")).ToHaveTextAsync($"{siti.Username} ({siti.Npwp})");

        await page.Locator("#sign-out").ClickAsync();
        await Expect(page.Locator("#sign-in")).ToBeVisibleAsync();
    }

    [Fact]
    public void No_sample_is_longer_than_80_lines()
    {
        var folder = Path.Combine(Programs.Repository, "samples");
        string[] sources = [".cs", ".html", ".js", ".mjs", ".php", ".py"];
        var code = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => sources.Contains(Path.GetExtension(f)) && !Path.GetRelativePath(folder, f).Split('/').Any(p => p is "node_modules" or "dist" or "bin" or "obj")).ToList();
        Assert.NotEmpty(code);
        Assert.DoesNotContain(code, f => File.ReadLines(f).Count() > LongestSample);
    }

    // A sample has no picture for the tab.
    private async Task<Visitor> ComeAsync()
    {
        var visitor = await EnterAsync();
        visitor.Expect("favicon.ico");
        return visitor;
    }

    // What an operator gives a partner.
    private async Task<Dictionary<string, string>> GivenAsync(string clientId, string origin)
    {
        await World.CommandAsync("platform", "add", "--client-id", clientId, "--name", "Truk Kita", "--company", "PT Truk", "--domain", origin, "--redirect-uri", origin + "/");
        var key = await World.CommandAsync("api-key", "issue", "--platform", clientId);
        await Task.Delay(600); // the server looks at what has changed four times a second
        return new() { ["GAPURA_ISSUER"] = World.Demo.Issuer, ["GAPURA_CLIENT_ID"] = clientId, ["GAPURA_API_KEY"] = key.GetProperty("apiKey").GetString()!, ["ORIGIN"] = origin };
    }
}

using System.Text.Json;
using Gapura.Browser.Tests.World;
using Xunit;

namespace Gapura.Browser.Tests.Partners;

/// <summary>preflight(): what a developer would else find out by a failed sign-in.</summary>
public sealed class PreflightTests(TestWorld world, PartnerSite site) : BrowserTest(world), IClassFixture<PartnerSite>
{
    [Fact]
    public async Task A_page_that_is_set_up_well_hears_so() => Assert.Equal(["ok ok"], await FindAsync(site.Origin, "returnUrl: '/return'"));

    [Fact]
    public async Task A_page_at_another_origin_hears_so() => Assert.Equal(["error wrong_origin"], await FindAsync(site.Elsewhere, "returnUrl: '/return'"));

    [Fact]
    public async Task A_return_page_nobody_registered_is_found() => Assert.Equal(["error wrong_return"], await FindAsync(site.Origin, "returnUrl: '/inside'"));

    [Fact]
    public async Task A_page_without_a_return_page_is_warned() => Assert.Equal(["warning return_missing"], await FindAsync(site.Origin, "mode: 'auto'"));

    [Fact]
    public async Task A_page_cut_off_from_popups_without_a_return_page_is_told() =>
        Assert.Equal(["error return_missing"], await FindAsync(site.Origin, "mode: 'auto'", "?coop=same-origin"));

    [Fact]
    public async Task A_server_that_is_not_there_is_found() =>
        Assert.Equal(["error network"], await FindAsync(site.Origin, "returnUrl: '/return', issuer: 'http://localhost:9'", "", "ERR_", "not allowed"));

    [Fact]
    public async Task A_ticket_that_is_none_is_found() =>
        Assert.Equal(["error ticket_unavailable"], await FindAsync(site.Origin, "returnUrl: '/return', ticket: () => 'aa'", "", "status of 403"));

    private async Task<string[]> FindAsync(string origin, string options, string query = "", params string[] expected)
    {
        var visitor = await EnterAsync();
        foreach (var trouble in expected) visitor.Expect(trouble);
        var page = await visitor.GoAsync($"{origin}/sdk{query}");
        var found = await page.EvaluateAsync<string>($"Gapura.preflight({{ issuer: '{World.Demo.Issuer}', ticket: '/ticket', language: 'en', {options} }}).then(JSON.stringify)");
        return [.. JsonDocument.Parse(found).RootElement.EnumerateArray().Select(f => $"{f.GetProperty("severity")} {f.GetProperty("code")}")];
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>The signed-out page loads the platforms' own, and nobody else's.</summary>
public sealed partial class FrontChannelLogoutTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    [Fact]
    public async Task Each_platform_of_the_session_is_loaded_and_told_what_it_asked_for()
    {
        await using var plain = await LogoutPlatform.Start(server, s => s with { FrontChannelLogoutUri = "https://plain.example.com/forget?a=1&b=2" });
        await using var asking = await LogoutPlatform.Start(server, s => s with { FrontChannelLogoutUri = LogoutPlatform.FrontChannel, FrontChannelLogoutSessionRequired = true });
        await using var elsewhere = await LogoutPlatform.Start(server, s => s with { FrontChannelLogoutUri = "https://elsewhere.example.com/forget" });
        await new CodeFlow(server).SignInAt(elsewhere.ClientId);
        var flow = new CodeFlow(server);
        await flow.SignInAt(plain.ClientId);
        var sid = CodeFlow.Claims((await flow.SignInAt(asking.ClientId)).IdToken()).Text("sid");

        var hint = (await flow.SignInAt(asking.ClientId)).IdToken();
        var page = (await flow.Browser.Logout(("id_token_hint", hint), ("post_logout_redirect_uri", LogoutPlatform.Bye), ("state", "s"))).IsPage("You are signed out");
        Assert.Equal(
            new[] { "https://plain.example.com/forget?a=1&b=2", $"{LogoutPlatform.FrontChannel}?iss={Uri.EscapeDataString(server.Issuer)}&sid={sid}" }.Order(StringComparer.Ordinal),
            Frames(page).Order(StringComparer.Ordinal));
        var allowed = FrameSource().Match(page["Content-Security-Policy"]!).Groups["origins"].Value.Split(' ').Order(StringComparer.Ordinal);
        Assert.Equal(["https://app.example.com", "https://plain.example.com"], allowed);
        Assert.Contains($"href=\"{LogoutPlatform.Bye}?state=s\"", page.Text, StringComparison.Ordinal);
        Assert.Null(page["Location"]);
    }

    [Fact]
    public async Task Signing_out_at_our_own_page_loads_them_too_and_leads_to_our_own()
    {
        await using var platform = await LogoutPlatform.Start(server, s => s with { FrontChannelLogoutUri = LogoutPlatform.FrontChannel });
        var flow = new CodeFlow(server);
        await flow.SignInAt(platform.ClientId);
        var page = (await flow.Browser.Post("/sign-out")).IsPage("You are signed out");
        Assert.Equal([LogoutPlatform.FrontChannel], Frames(page));
        Assert.Contains("href=\"/sign-in\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("gapura-session", flow.Browser.Cookies.Keys);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://app.example.com/forget")]
    [InlineData("https://user@app.example.com/forget")]
    [InlineData("data:text/html,a")]
    public async Task An_address_that_no_page_may_hold_is_passed_over(string address)
    {
        await using var platform = await LogoutPlatform.Start(server, s => s with { FrontChannelLogoutUri = address });
        var flow = new CodeFlow(server);
        await flow.SignInAt(platform.ClientId);
        (await flow.Browser.Post("/sign-out")).IsSeeOther("/sign-in");
    }

    [Fact]
    public async Task No_other_page_of_ours_holds_a_frame() =>
        Assert.DoesNotContain("frame-src", (await server.Get("/sign-in", ("Accept", "text/html")))["Content-Security-Policy"], StringComparison.Ordinal);

    private static IEnumerable<string> Frames(Reply page) => Frame().Matches(page.Text).Select(m => WebUtility.HtmlDecode(m.Groups["src"].Value));

    [GeneratedRegex("<iframe src=\"(?<src>[^\"]*)\"[^>]* sandbox=\"allow-scripts allow-same-origin\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Frame();

    [GeneratedRegex("frame-src (?<origins>[^;]*);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FrameSource();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>The three ways an answer goes to the platform (<c>response_mode</c>).</summary>
public sealed class ResponseModeTests(GapuraServer server) : IClassFixture<GapuraServer>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        server.Clock.Pass(TimeSpan.FromMinutes(15));
        if (server.Get<Gapura.Platforms.PlatformRegister>().Active(CodeFlow.ClientId) is null) await CodeFlow.Register(server);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task By_a_form_that_sends_itself_to_the_registered_address_alone()
    {
        var page = await Answered("form_post");
        Assert.Contains($"<form method=\"post\" action=\"{CodeFlow.Callback}\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(["code", "state", "iss"], Regex.Matches(page.Text, "<input type=\"hidden\" name=\"(?<name>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups["name"].Value));
        Assert.Contains("form-action 'self' https://app.example.com;", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("no-store", "no-referrer"), (page["Cache-Control"], page["Referrer-Policy"]));
    }

    [Fact]
    public async Task By_a_message_to_the_registered_origin_alone()
    {
        var page = await Answered("web_message");
        var json = JsonDocument.Parse(Regex.Match(page.Text, "id=\"message\">(?<json>.*?)</script>", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups["json"].Value).RootElement;
        Assert.Equal("https://app.example.com", json.GetProperty("origin").GetString());
        Assert.Equal("authorization_response", json.GetProperty("message").GetProperty("type").GetString());
        Assert.Equal(["code", "state", "iss"], json.GetProperty("message").GetProperty("response").EnumerateObject().Select(m => m.Name));
        Assert.Contains("frame-ancestors https://app.example.com;", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Null(page["X-Frame-Options"]);
        Assert.Null(page["Cross-Origin-Opener-Policy"]);
    }

    [Theory]
    [InlineData("form_post", "name=\"error\" value=\"login_required\"")]
    [InlineData("web_message", "\"error\":\"login_required\"")]
    public async Task A_refusal_goes_the_same_way(string mode, string part)
    {
        var page = (await new CodeFlow(server).Authorize(("response_mode", mode), ("prompt", "none"))).IsOk();
        Assert.Contains(part, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_cannot_break_out_of_the_page()
    {
        const string state = "\"></form><script>alert(1)</script>";
        foreach (var mode in (string[])["form_post", "web_message"])
            Assert.DoesNotContain("<script>alert", (await new CodeFlow(server).Authorize(("response_mode", mode), ("prompt", "none"), ("state", state))).IsOk().Text, StringComparison.Ordinal);
    }

    private async Task<Reply> Answered(string mode)
    {
        var flow = new CodeFlow(server) { Browser = new Browser(server) };
        await flow.ToCallback();
        return (await flow.Authorize(("response_mode", mode))).IsOk();
    }
}

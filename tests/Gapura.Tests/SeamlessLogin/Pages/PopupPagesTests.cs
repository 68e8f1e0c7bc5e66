using System.Text.Json;
using System.Text.RegularExpressions;
using Gapura.Kernel;
using Gapura.SeamlessLogin.Pages;
using Gapura.Sessions.Pages;
using Gapura.Tests.Sessions.Pages;
using Xunit;

namespace Gapura.Tests.SeamlessLogin.Pages;

public sealed partial class PopupPagesTests
{
    private static readonly Partner Platform = new("Beres <script>", "PT \"Beres\"", "https://tautauberes.id");

    [Theory]
    [InlineData(Language.Bahasa)]
    [InlineData(Language.English)]
    public async Task No_page_carries_style_or_script_the_policy_would_refuse(Language language)
    {
        foreach (var page in await All(language))
        {
            Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(" on[a-z]+=", page);
            Assert.All(Scripts().Matches(page), script => Assert.Matches("nonce=\"n0nce\"|type=\"application/json\"", script.Value));
            Assert.Contains($"<html lang=\"{language.Tag()}\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_host_is_named_beside_the_name_the_platform_gave_itself()
    {
        var page = (await All(Language.Bahasa))[0];

        Assert.Contains("Masuk ke Beres &lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>tautauberes.id</bdi>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_stays_inside_its_block_and_arrives_unchanged()
    {
        var page = await Rendered.Page<MessagePage>(Parameters(Language.Bahasa, ("Partner", Platform), ("Message", Message("</script><!--é'&"))));

        var block = Block().Match(page).Groups["json"].Value;
        using var envelope = JsonDocument.Parse(block);
        var message = envelope.RootElement.GetProperty("message");
        Assert.DoesNotContain("<", block, StringComparison.Ordinal);
        Assert.Equal("https://tautauberes.id", envelope.RootElement.GetProperty("target").GetString());
        Assert.Equal(["access_token", "expires_in", "username", "npwp", "iss", "state"], message.EnumerateObject().Select(m => m.Name));
        Assert.Equal("</script><!--é'&", message.GetProperty("state").GetString());
        Assert.Equal(900, message.GetProperty("expires_in").GetInt32());
        Assert.Equal("018263453454543", message.GetProperty("npwp").GetString());
    }

    [Fact]
    public void A_page_that_passed_no_state_gets_none() =>
        Assert.DoesNotContain("state", new Envelope("https://tautauberes.id", Message(null)).ToJson(), StringComparison.Ordinal);

    [Fact]
    public void A_message_prints_no_token() =>
        Assert.DoesNotContain("secret", new Envelope("https://tautauberes.id", Message(null)).ToString(), StringComparison.Ordinal);

    private static async Task<string[]> All(Language language) =>
    [
        await Rendered.Page<SignInPage>(Parameters(language, ("Partner", Platform), ("Action", "/seamlesslogin/"), ("Error", "x"))),
        await Rendered.Page<ConfirmPage>(Parameters(language, ("Partner", Platform), ("Person", new Person("Siti", "siti")), ("Action", "/"), ("OtherAccountHref", "/"))),
        await Rendered.Page<MessagePage>(Parameters(language, ("Partner", Platform), ("Message", Message("x")))),
        await Rendered.Page<NoticePage>(Parameters(language, ("Notice", TicketNotices.NotValid(language)))),
        await Rendered.Page<OwnSignInPage>(Parameters(language, ("Action", "/sign-in"))),
    ];

    private static Dictionary<string, object?> Parameters(Language language, params (string Name, object Value)[] more)
    {
        var parameters = new Dictionary<string, object?> { ["Language"] = language, ["Nonce"] = "n0nce" };
        foreach (var (name, value) in more) parameters[name] = value;
        return parameters;
    }

    private static PopupMessage Message(string? state) => new()
    {
        AccessToken = "secret",
        ExpiresIn = 900,
        Username = "cobajualan",
        Npwp = "018263453454543",
        Iss = "https://gapura.example",
        State = state,
    };

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("<script type=\"application/json\" id=\"message\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}

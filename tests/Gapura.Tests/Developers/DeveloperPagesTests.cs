using System.Net;
using Gapura.Developers.Refusals;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.Developers;

/// <summary>What a developer sees with nothing but a browser and the API key.</summary>
public sealed class DeveloperPagesTests(GapuraServer server) : IClassFixture<GapuraServer>, IAsyncLifetime
{
    private const string No = "API key is not valid or is expired / revoked.";

    private readonly Browser _browser = new(server);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        server.Clock.Pass(TimeSpan.FromHours(25));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_start_page_speaks_both_languages_and_names_this_server()
    {
        (await _browser.Get("/developers")).IsPage("For developers").IsPage($"{server.Issuer}/seamlesslogin/?token=").IsPage("/developers/refusals").IsPage("beacukai-api-key");
        (await _browser.Get("/developers?ui_locales=id")).IsPage("Untuk pengembang");
    }

    [Fact]
    public async Task With_its_key_a_platform_sees_what_it_was_refused_in_the_readers_language()
    {
        (await server.Post("/v1/qrAuth", """{"clientId":"client-1","nonce":"short","nonceMethod":"<b>"}""")).IsRefused("invalid_request");
        var page = (await Show(server.ApiKey)).IsPage("What TauTauBeres.id was refused").IsPage("POST /v1/qrAuth").IsPage("nonce must be a random text of 8 to 256 characters.").IsPage("Read error_description");
        Assert.Equal("no-store", page["Cache-Control"]);
        Assert.DoesNotContain(server.ApiKey, page.Text, StringComparison.Ordinal);

        (await _browser.Post("/developers/refusals", ("apiKey", server.ApiKey), ("ui_locales", "id"))).IsPage("Permintaan TauTauBeres.id yang ditolak").IsPage("Ada parameter yang kurang atau salah bentuk.").IsPage("Baca kalimat jawabannya").IsPage("nonce must be");
        Assert.DoesNotContain("nonce must be", (await Show(server.OtherApiKey)).IsPage("No request was refused").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_key_that_is_none_is_answered_alike_and_nothing_is_told()
    {
        var keys = server.Get<ApiKeys>();
        var (stored, revoked) = (await keys.Issue(GapuraServer.OtherClientId, null, Ct))!.Value;
        await keys.Revoke(stored.Id, Ct);
        await server.Follow();
        var answers = new HashSet<string>();
        foreach (var shown in new[] { revoked.Reveal(), server.ApiKey[..^1], "nonsense", "", new string('x', 600), "a\u0000b" })
            answers.Add(Plain((await Show(shown)).IsPage(No, 403)));
        Assert.Single(answers);
    }

    [Fact]
    public async Task Keys_cannot_be_guessed_here()
    {
        for (var i = 0; i < 30; i++) (await Show($"guess {i}")).IsPage(No, 403);
        var wait = (await Show(server.ApiKey)).IsPage("Too many attempts", 429);
        Assert.InRange(int.Parse(wait["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture), 1, 900);
        server.Clock.Pass(TimeSpan.FromMinutes(16));
        for (var i = 0; i < 40; i++) (await Show(server.ApiKey)).IsPage("What TauTauBeres.id was refused");
    }

    [Fact]
    public async Task The_key_is_taken_from_our_own_form_alone_and_from_no_address()
    {
        var foreign = new Browser(server) { FetchSite = "cross-site", Origin = "https://evil.example.com" };
        (await foreign.Post("/developers/refusals", ("apiKey", server.ApiKey))).IsPage("form", 403);
        (await _browser.Get("/developers/refusals?apiKey=" + server.ApiKey)).IsPage("Why was my request refused?");
        Assert.DoesNotContain("/developers", (await _browser.Get("/developers/refusals?apiKey=" + server.ApiKey)).Text.Split("<form")[1].Split("</form>")[0].Replace("action=\"/developers/refusals\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_refusal_has_a_mend_in_both_languages() =>
        Assert.Empty(Gapura.Kernel.Refusals.All.Where(r => !Mends.Has(r)).Select(r => $"{r.Status} {r.Code}"));

    private Task<Reply> Show(string key) => _browser.Post("/developers/refusals", ("apiKey", key));

    private static string Plain(Reply page) => System.Text.RegularExpressions.Regex.Replace(WebUtility.HtmlDecode(page.Text), "[0-9a-f]{32}", "RANDOM", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}

using System.Net;
using System.Text.RegularExpressions;
using Gapura.Kernel;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.Developers.Reference;

/// <summary>The reference as people read it.</summary>
public sealed partial class PagesTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static readonly string[] Chapters = [.. Documented.Usual.Document["tags"]!.AsArray().Select(t => t!["name"]!.GetValue<string>())];

    public static TheoryData<string, string> Pages => new(from page in (string[])["/docs", "/docs/errors", .. Chapters.Select(c => $"/docs/{c}")] from language in (string[])["id", "en"] select (page, language));

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_there_in_its_language_without_a_script_and_is_not_sent_twice(string page, string language)
    {
        var reply = (await Browser(language).Get(page)).IsOk();
        Assert.Equal(("text/html; charset=utf-8", language), (reply["Content-Type"], reply["Content-Language"]));
        Assert.Contains($"<html lang=\"{language}\"", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", reply.Text, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none'; style-src 'self';", reply["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("no-cache", "Accept-Language, Cookie, Accept-Encoding"), (reply["Cache-Control"], reply["Vary"]));
        Assert.Equal(304, (await Browser(language).Get(page, ("If-None-Match", reply["ETag"]!))).Status);
        var other = (await Browser(language == "id" ? "en" : "id").Get(page)).IsOk();
        Assert.NotEqual(reply["ETag"], other["ETag"]);
    }

    [Fact]
    public async Task Every_link_leads_to_a_page_and_to_a_place_on_it()
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in Pages.Where(row => row.Data.Item2 == "id")) pages[row.Data.Item1] = (await Browser("id").Get(row.Data.Item1)).IsOk().Text;
        foreach (var (address, text) in pages)
        {
            var ids = Id().Matches(text).Select(m => m.Groups["it"].Value).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            foreach (var href in Href().Matches(text).Select(m => WebUtility.HtmlDecode(m.Groups["it"].Value)))
            {
                var (path, place) = href.Split('#') is [var p, var f] ? (p, f) : (href, null);
                path = path.Split('?')[0];
                if (place is not null) Assert.Contains(place, path.Length == 0 ? ids : Id().Matches(pages[path]).Select(m => m.Groups["it"].Value));
                else Assert.True(pages.ContainsKey(path) || path is "/openapi.json" || path.StartsWith("/assets/", StringComparison.Ordinal) || path.StartsWith("data:", StringComparison.Ordinal), $"{address}: {href}");
            }
        }
    }

    [Theory, InlineData("id"), InlineData("en")]
    public async Task Every_operation_is_told_with_its_route_its_call_and_the_mend_of_each_refusal(string language)
    {
        foreach (var (method, path, operation) in Documented.Usual.Operations)
        {
            var page = WebUtility.HtmlDecode((await Browser(language).Get($"/docs/{operation["tags"]![0]}")).IsOk().Text);
            var start = page.IndexOf($"id=\"{operation["operationId"]}\"", StringComparison.Ordinal);
            Assert.True(start > 0, $"{method} {path}");
            var told = page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
            Assert.Contains(operation[language == "id" ? "x-id" : "summary"]!.GetValue<string>(), told, StringComparison.Ordinal);
            Assert.Contains($"<code>{path}</code>", told, StringComparison.Ordinal);
            if (operation["x-shown"] is null) Assert.Contains($"'{server.Issuer}/", told, StringComparison.Ordinal);
            foreach (var refusal in operation["responses"]!.AsObject().SelectMany(r => r.Value!["x-refusals"]?.AsArray() ?? []))
            {
                Assert.Contains($"<code>{refusal!["code"]}</code>", told, StringComparison.Ordinal);
                Assert.Contains(refusal[language == "id" ? "sentence-id" : "sentence"]!.GetValue<string>(), told, StringComparison.Ordinal);
                Assert.Contains(Plain(refusal["mend"]!.GetValue<string>()), Plain(Tag().Replace(told, "")), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_page_of_errors_has_every_refusal()
    {
        var page = WebUtility.HtmlDecode((await Browser("id").Get("/docs/errors")).IsOk().Text);
        Assert.All(Refusals.All, r => Assert.Contains($"id=\"{r.Code}-{r.Status}\"", page, StringComparison.Ordinal));
        Assert.All(Refusals.All, r => Assert.Contains(r.Bahasa, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_chapter_is_not_found()
    {
        Assert.Equal(404, (await Browser("id").Get("/docs/nothing")).Status);
        (await server.Get("/docs/nothing")).IsRefused("not_found", 404);
    }

    /// <summary>Copied into a terminal as it stands, a call reaches its operation and is answered as documented.</summary>
    [Fact]
    public async Task Every_call_that_is_shown_can_be_made()
    {
        Stranger.Needs(await Stranger.IsThere("curl", "--version"), "curl is missing. Debian: apt-get install curl");
        var made = 0;
        foreach (var chapter in Chapters)
        {
            var page = (await Browser("en").Get($"/docs/{chapter}")).IsOk().Text;
            foreach (var call in Shown().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups["it"].Value)).Where(c => c.StartsWith("curl ", StringComparison.Ordinal)))
            {
                var method = call.Contains("-X ", StringComparison.Ordinal) ? call.Split("-X ")[1].Split(' ')[0] : call.Contains(" -d", StringComparison.Ordinal) ? "POST" : call.Contains("--data", StringComparison.Ordinal) ? "POST" : "GET";
                var path = call.Split(server.Issuer)[1].Split('\'')[0];
                var here = call.Replace(server.Issuer + path, server.Address.GetLeftPart(UriPartial.Authority) + path, StringComparison.Ordinal);
                var (code, output, error) = await Stranger.Run(server.Data, "sh", "-c", here.Insert(4, " -s --max-time 2 -o /dev/null -w '%{http_code}'"));
                Assert.True(code is 0 or 28, $"{here}: {error}");
                var operation = Documented.Usual.Find(method, path);
                Assert.True(operation is not null, $"{method} {path}");
                Assert.True(operation.Value.Operation["responses"]!.AsObject().ContainsKey(output), $"{output}: {here}");
                made++;
            }
        }

        Assert.InRange(made, 50, 200);
    }

    private Browser Browser(string language) => new(server) { AcceptLanguage = language };

    private static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex("id=\"(?<it>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("href=\"(?<it>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Href();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("<pre>(?<it>[^<]+)</pre>", RegexOptions.None, 1000)]
    private static partial Regex Shown();
}

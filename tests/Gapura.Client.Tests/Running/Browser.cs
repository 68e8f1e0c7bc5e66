using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Gapura.Client.Tests.Running;

/// <summary>A person's browser as far as servers can tell: it keeps cookies, follows redirects and fills in forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClient _still;

    public Browser()
    {
        var jar = new CookieContainer();
        _http = new(new SocketsHttpHandler { UseProxy = false, CookieContainer = jar, AllowAutoRedirect = true });
        _still = new(new SocketsHttpHandler { UseProxy = false, CookieContainer = jar, AllowAutoRedirect = false });
    }

    public Task<Page> Open(string address) => Send(_http, new HttpRequestMessage(HttpMethod.Get, new Uri(address)), "none");

    /// <summary>Without going where it is sent.</summary>
    public Task<Page> OpenOnly(string address) => Send(_still, new HttpRequestMessage(HttpMethod.Get, new Uri(address)), "none");

    public Task<Page> PostJson(string address, object body, string site = "same-origin") =>
        Send(_still, new HttpRequestMessage(HttpMethod.Post, new Uri(address)) { Content = JsonContent.Create(body) }, site);

    public Task<Page> Post(string address, string site = "same-origin") => Send(_still, new HttpRequestMessage(HttpMethod.Post, new Uri(address)) { Content = new FormUrlEncodedContent([]) }, site);

    /// <summary>Sends the page's first form as it stands, with these fields filled in.</summary>
    public Task<Page> Submit(Page page, params (string Name, string Value)[] filled) => Submit(_http, page, filled);

    public Task<Page> SubmitOnly(Page page, params (string Name, string Value)[] filled) => Submit(_still, page, filled);

    private static Task<Page> Submit(HttpClient http, Page page, (string Name, string Value)[] filled)
    {
        var form = Form().Match(page.Text);
        Assert.True(form.Success, $"{page.Status} {page.Address}: {page.Text}");
        var hidden = Hidden().Matches(form.Groups["inside"].Value).Select(m => (Name: m.Groups["name"].Value, Value: WebUtility.HtmlDecode(m.Groups["value"].Value)));
        var fields = hidden.Concat(filled).Select(f => KeyValuePair.Create(f.Name, f.Value));
        return Send(http, new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, WebUtility.HtmlDecode(form.Groups["action"].Value))) { Content = new FormUrlEncodedContent(fields) }, "same-origin");
    }

    /// <summary>Signs in and agrees, wherever the server asks for it, until it asks no more.</summary>
    public async Task<Page> Through(Page page)
    {
        for (var hops = 0; hops < 4 && page.Status == 200 && page.Text.Contains("<form", StringComparison.Ordinal); hops++)
            page = page.Text.Contains("action=\"/oauth/consent\"", StringComparison.Ordinal) ? await Submit(page, ("decision", "allow")) : await Submit(page, ("username", Server.Username), ("password", Server.Password));
        return page;
    }

    public void Dispose()
    {
        _http.Dispose();
        _still.Dispose();
    }

    private static async Task<Page> Send(HttpClient http, HttpRequestMessage request, string site)
    {
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        using (request)
        using (var answer = await http.SendAsync(request))
            return new Page((int)answer.StatusCode, answer.RequestMessage!.RequestUri!, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync(), answer);
    }

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]*)\"[^>]*>(?<inside>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}

/// <param name="Address">Where it came from, after redirects.</param>
/// <param name="To">Where it sends the browser; null for nowhere.</param>
/// <param name="Text">The body, read to its end.</param>
/// <param name="Answer">For its headers.</param>
internal sealed record Page(int Status, Uri Address, string? To, string Text, HttpResponseMessage Answer)
{
    public System.Text.Json.JsonElement Json => System.Text.Json.JsonDocument.Parse(Text).RootElement;
}

using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.Sessions;

/// <summary>A browser as far as a server can tell: it keeps cookies, says where a request comes from, and fills in forms. It follows nothing by itself.</summary>
internal sealed partial class Browser(GapuraServer server)
{
    /// <summary>Value by name, as in a jar.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Set-Cookie of the last answer, by name.</summary>
    public Dictionary<string, string> Told { get; } = new(StringComparer.Ordinal);

    public string? AcceptLanguage { get; set; } = "en";

    public string Accept { get; set; } = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    /// <summary>What Sec-Fetch-Site says; null for a browser from before it.</summary>
    public string? FetchSite { get; set; } = "same-origin";

    public string? Origin { get; set; }

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, null, headers);

    public Task<Reply> Post(string path, params (string Name, string Value)[] fields) => Send(
        HttpMethod.Post, path, Encoding.ASCII.GetBytes(string.Join('&', fields.Select(f => $"{WebUtility.UrlEncode(f.Name)}={WebUtility.UrlEncode(f.Value)}"))), "application/x-www-form-urlencoded");

    public async Task<Reply> Send(HttpMethod method, string path, byte[]? body, string? contentType, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new ByteArrayContent(body);
        if (contentType is not null) content?.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var all = new List<(string, string)>(headers) { ("Accept", Accept) };
        if (AcceptLanguage is not null) all.Add(("Accept-Language", AcceptLanguage));
        if (FetchSite is not null) all.Add(("Sec-Fetch-Site", FetchSite));
        if (Origin is not null) all.Add(("Origin", Origin));
        if (Cookies.Count > 0) all.Add(("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}"))));
        var reply = await server.Send(method, path, content, [.. all]);
        Keep(reply);
        return reply;
    }

    public Task<Reply> SignIn(string username = GapuraServer.Username, string password = GapuraServer.Password) =>
        Post("/sign-in", ("username", username), ("password", password));

    /// <summary>Sends the page's first form as it stands, with these fields filled in.</summary>
    public Task<Reply> Submit(Reply page, params (string Name, string Value)[] filled)
    {
        var form = Form().Match(page.Text);
        Assert.True(form.Success, page.Text);
        var hidden = Hidden().Matches(form.Groups["inside"].Value).Select(m => (m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)));
        return Post(WebUtility.HtmlDecode(form.Groups["action"].Value), [.. hidden, .. filled]);
    }

    private void Keep(Reply reply)
    {
        Told.Clear();
        if (!reply.Headers.TryGetValue("Set-Cookie", out var lines)) return;
        foreach (var line in lines)
        {
            var (name, value) = (line[..line.IndexOf('=', StringComparison.Ordinal)], line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
            Told[name] = line;
            if (line.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)) Cookies.Remove(name);
            else Cookies[name] = value;
        }
    }

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]*)\"[^>]*>(?<inside>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}

/// <summary>What a page answers.</summary>
internal static partial class PageReplies
{
    public static Reply IsSeeOther(this Reply reply, string address)
    {
        Assert.Equal($"303 {address}", $"{reply.Status} {reply["Location"]} {(reply.Status == 303 ? "" : reply.Text)}".TrimEnd());
        return reply;
    }

    /// <summary>Wherever it leads.</summary>
    public static Reply IsSeeOther(this Reply reply)
    {
        Assert.True(reply.Status == 303, $"{reply.Status} {reply.Text}");
        return reply;
    }

    public static Reply IsPage(this Reply reply, string holds, int status = 200)
    {
        Assert.True(reply.Status == status, $"{reply.Status} {reply.Text}");
        Assert.Equal("text/html; charset=utf-8", reply["Content-Type"]);
        Assert.Contains(holds, WebUtility.HtmlDecode(reply.Text), StringComparison.Ordinal);
        return reply;
    }

    /// <summary>What the popup's script hands over: to whom, and the message.</summary>
    public static (string Target, string Json, JsonElement Message) Message(this Reply page)
    {
        Assert.True(page.Status == 200, page.Text);
        var block = Block().Match(page.Text);
        Assert.True(block.Success, page.Text);
        var envelope = JsonDocument.Parse(block.Groups["json"].Value).RootElement;
        var message = envelope.GetProperty("message");
        return (envelope.GetProperty("target").GetString()!, message.GetRawText(), message);
    }

    [GeneratedRegex("<script type=\"application/json\" id=\"message\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}

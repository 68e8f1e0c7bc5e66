using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gapura.Browser.Tests.World;

/// <summary>
/// A page that opens popups and writes down every message it gets. One port, two origins: <c>localhost</c>, which a
/// test may register as a platform's, and <c>127.0.0.1</c>, which nobody ever registers.
/// </summary>
internal sealed class Strangers : IAsyncDisposable
{
    // Where the popup goes stands in the fragment, as url=…, or as token=… for the edition that posts a form.
    private const string Page = """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>A stranger's page</title>
        <button id="open">Open by address</button>
        <form id="post" method="post" target="popup"><input type="hidden" name="token"><input type="hidden" name="state"><button id="send">Open by form</button></form>
        <script>
        window.heard = [];
        addEventListener('message', (event) => heard.push({ origin: event.origin, data: event.data }));
        const given = new URLSearchParams(location.hash.slice(1));
        const openPopup = (url) => window.open(url, 'popup', 'popup,width=445,height=650');
        document.getElementById('open').onclick = () => openPopup(given.get('url'));
        const form = document.getElementById('post');
        form.action = given.get('action') ?? '';
        form.token.value = given.get('token') ?? '';
        form.state.value = given.get('state') ?? '';
        form.onsubmit = () => openPopup('about:blank');
        </script>
        """;

    private readonly WebApplication _site;

    private Strangers(WebApplication site) => _site = site;

    public string Registered => $"http://localhost:{Port}";

    public string Evil => $"http://127.0.0.1:{Port}";

    private int Port => new Uri(_site.Urls.First()).Port;

    public static async Task<Strangers> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.MapGet("/", () => Results.Content(Page, "text/html"));
        site.MapGet("/cb", () => Results.Content("<!doctype html><html lang=\"en\"><title>Called back</title><h1>Called back</h1>", "text/html"));
        site.MapPost("/cb", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var posted = HtmlEncoder.Default.Encode(JsonSerializer.Serialize(form.ToDictionary(f => f.Key, f => f.Value.ToString())));
            return Results.Content($"<!doctype html><html lang=\"en\"><title>Posted back</title><h1>Posted back</h1><p id=\"posted\">{posted}</p>", "text/html");
        });
        site.MapGet("/app", () => Client("oidc-client-ts.html", "text/html"));
        site.MapGet("/oidc-client-ts.min.js", () => Client("node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js", "text/javascript"));
        site.MapGet("/favicon.ico", () => Results.NoContent());
        await site.StartAsync();
        return new Strangers(site);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static IResult Client(string file, string type) => Results.File(Path.Combine(Programs.Repository, "tests", "clients", file), type);
}

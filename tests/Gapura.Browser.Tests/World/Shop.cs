using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gapura.Browser.Tests.World;

/// <summary>A platform without an SDK: its page opens the popup with more than the documented parameters, its return page collects by itself.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    // Where the popup goes stands in the fragment, and whether the page answers a message. The verifier stays here.
    private const string Page = $$"""
        <!doctype html>
        <html lang="id"><meta charset="utf-8"><title>Toko</title><h1>Toko</h1>
        <button id="open">Login as</button>
        <script>
        window.heard = [];
        const given = new URLSearchParams(location.hash.slice(1));
        localStorage.setItem('verifier', '{{Verifier}}');
        sessionStorage.setItem('verifier', '{{Verifier}}');
        addEventListener('message', (event) => {
          heard.push(event.data);
          if (given.has('answers')) event.source.postMessage({ gapura: 'received', state: event.data.state }, event.origin);
        });
        document.getElementById('open').onclick = () =>
          given.has('whole') ? location.assign(given.get('url')) : window.open(given.get('url'), 'gapura', 'popup,width=445,height=650');
        </script>
        """;

    private const string ReturnPage = """
        <!doctype html>
        <html lang="id"><meta charset="utf-8"><title>Kembali</title><h1>Kembali</h1><p id="who"></p><p id="kept"></p>
        <script>
        const answer = new URLSearchParams(location.search);
        document.getElementById('kept').textContent = sessionStorage.getItem('verifier') ? 'still here' : 'lost';
        fetch(answer.get('iss') + '/seamlesslogin/collect', {
          method: 'POST', body: new URLSearchParams({ code: answer.get('code'), code_verifier: localStorage.getItem('verifier') }),
        }).then((r) => r.json()).then((m) => { document.getElementById('who').textContent = m.username ?? m.error; });
        </script>
        """;

    private readonly WebApplication _site;
    private readonly TestWorld _world;
    private DemoPlatform? _platform;

    private Shop(WebApplication site, TestWorld world) => (_site, _world) = (site, world);

    public string Origin => $"http://localhost:{new Uri(_site.Urls.First()).Port}";

    public static async Task<Shop> StartAsync(TestWorld world, string clientId)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.MapGet("/", () => Results.Content(Page, "text/html"));
        site.MapGet("/cut-off", (HttpContext context) =>
        {
            context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Results.Content(Page, "text/html");
        });
        site.MapGet("/kembali", () => Results.Content(ReturnPage, "text/html"));
        site.MapGet("/favicon.ico", () => Results.NoContent());
        await site.StartAsync();
        var shop = new Shop(site, world);
        await world.CommandAsync("platform", "add", "--client-id", clientId, "--name", "Toko", "--company", "PT Toko", "--domain", shop.Origin, "--redirect-uri", $"{shop.Origin}/kembali?dari=gapura");
        var key = await world.CommandAsync("api-key", "issue", "--platform", clientId);
        shop._platform = new DemoPlatform(shop.Origin, clientId, key.GetProperty("apiKey").GetString()!, shop.Origin);
        return shop;
    }

    /// <param name="path"><c>/</c>, or <c>/cut-off</c> for a page that its popups cannot reach.</param>
    /// <param name="how"><c>answers</c>: says that it has received the message; <c>whole</c>: opens no popup.</param>
    public async Task<string> AddressAsync(string path = "/", string? how = null, string more = "")
    {
        var popup = _world.PopupAddress(
            await _world.TicketAsync(_platform!),
            $"&state=keranjang-7&redirect_uri={Uri.EscapeDataString(Origin + "/kembali?dari=gapura")}&code_challenge={Challenge}&code_challenge_method=S256{more}");
        return $"{Origin}{path}#url={Uri.EscapeDataString(popup)}{(how is null ? "" : "&" + how)}";
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}

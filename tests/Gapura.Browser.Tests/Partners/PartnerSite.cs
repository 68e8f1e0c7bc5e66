using Gapura.Browser.Tests.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gapura.Browser.Tests.Partners;

/// <summary>
/// A partner's site, registered as a platform: its backend fetches tickets, its pages lie in <c>Site/</c>. The same pages
/// at <c>127.0.0.1</c> are at an origin nobody registered.
/// </summary>
public sealed class PartnerSite(TestWorld world) : IAsyncLifetime
{
    private static int _founded;

    private readonly string _clientId = $"truk-kita-{Interlocked.Increment(ref _founded)}";

    private WebApplication? _site;
    private DemoPlatform? _platform;
    private string _version = "";
    private string _integrity = "";

    public string Origin => $"http://localhost:{Port}";

    public string Elsewhere => $"http://127.0.0.1:{Port}";

    private int Port => new Uri(_site!.Urls.First()).Port;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        foreach (var page in (string[])["sdk", "return", "elements", "nle", "documented", "react"])
            _site.MapMethods($"/{page}", ["GET", "HEAD"], (Delegate)((HttpContext context) => PageAsync(context, page + ".html")));
        _site.MapGet("/inside", () => Results.Content("<!doctype html><html lang=\"id\"><title>Inside</title><h1>Inside</h1>", "text/html"));
        _site.MapGet("/elements.js", () => Results.File(File("elements.js"), "text/javascript"));
        _site.MapGet("/react.production.min.js", () => Results.File(Module("react/umd/react.production.min.js"), "text/javascript"));
        _site.MapGet("/react-dom.production.min.js", () => Results.File(Module("react-dom/umd/react-dom.production.min.js"), "text/javascript"));
        _site.MapGet("/favicon.ico", () => Results.NoContent());
        _site.MapGet("/ticket", async (int? after) =>
        {
            await Task.Delay(after ?? 0);
            return Results.Json(new { token = await TicketAsync() });
        });
        await _site.StartAsync();
        _platform = await world.NewPartnerAsync(_clientId, "Truk Kita", Origin, $"{Origin}/return", $"{Origin}/elements");
        var sdk = await world.SdkAsync();
        (_version, _integrity) = (sdk.GetProperty("version").GetString()!, sdk.GetProperty("files").GetProperty("gapura.js").GetProperty("integrity").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
    }

    private Task<string> TicketAsync() => world.TicketAsync(_platform!);

    private async Task<IResult> PageAsync(HttpContext context, string name)
    {
        var issuer = world.Demo.Issuer;
        if (context.Request.Query["coop"].ToString() is { Length: > 0 } policy) context.Response.Headers["Cross-Origin-Opener-Policy"] = policy;

        // What docs/sdk.md tells a partner to set, and not a word more.
        if (name == "elements.html") context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self' {issuer}; connect-src 'self' {issuer}";
        var text = (await System.IO.File.ReadAllTextAsync(File(name)))
            .Replace("{{issuer}}", issuer, StringComparison.Ordinal)
            .Replace("{{origin}}", Origin, StringComparison.Ordinal)
            .Replace("{{clientId}}", _clientId, StringComparison.Ordinal)
            .Replace("{{sdk}}", $"{issuer}/sdk/gapura-{_version}.js", StringComparison.Ordinal)
            .Replace("{{integrity}}", _integrity, StringComparison.Ordinal);
        if (text.Contains("{{token}}", StringComparison.Ordinal)) text = text.Replace("{{token}}", await TicketAsync(), StringComparison.Ordinal);
        return Results.Content(text, "text/html; charset=utf-8");
    }

    private static string File(string name) => Path.Combine(Programs.Repository, "tests", "Gapura.Browser.Tests", "Partners", "Site", name);

    private static string Module(string name) => Path.Combine(Programs.Repository, "tests", "clients", "node_modules", name);
}

using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gapura.Browser.Tests.World;

/// <summary>A platform that people sign in to and out of: it forgets them in a frame, and hears of it from the server.</summary>
internal sealed class LogoutSite : IAsyncDisposable
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly WebApplication _site;
    private readonly string _host;
    private int _forgotten;

    private LogoutSite(WebApplication site, string host, string clientId) => (_site, _host, ClientId) = (site, host, clientId);

    public string ClientId { get; }

    public string Origin => $"http://{_host}:{new Uri(_site.Urls.First()).Port}";

    public string Bye => $"{Origin}/bye";

    /// <summary>How often a frame of it ran its script.</summary>
    public int Forgotten => _forgotten;

    /// <summary>Logout tokens.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <param name="host"><c>localhost</c> or <c>127.0.0.1</c>: two names, two sites.</param>
    public static async Task<LogoutSite> StartAsync(TestWorld world, string host, string clientId, string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var site = new LogoutSite(app, host, clientId);

        // It forgets, and it would take the whole window along if it could.
        app.MapGet("/forget", () => Results.Content("<!doctype html><title>Forgetting</title><script>fetch('/forgotten').then(() => { try { top.location = '/stolen'; } catch { /* forbidden, as it should be */ } });</script>", "text/html"));
        app.MapGet("/forgotten", () => Interlocked.Increment(ref site._forgotten));
        app.MapPost("/backchannel", async (HttpContext context) => site.Heard.Enqueue((await context.Request.ReadFormAsync())["logout_token"].ToString()));
        foreach (var path in (string[])["cb", "bye", "stolen"]) app.MapGet("/" + path, () => Results.Content($"<!doctype html><html lang=\"en\"><title>{path}</title><h1>{path}</h1>", "text/html"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        await app.StartAsync();
        await world.RegisterAsync(clientId, name, site.Origin);
        return site;
    }

    public string Authorization(string issuer) =>
        $"{issuer}/oauth/authorize?client_id={ClientId}&redirect_uri={Uri.EscapeDataString(Origin + "/cb")}&response_type=code&scope=openid&state=abc&code_challenge={Challenge}&code_challenge_method=S256";

    /// <param name="callback">Where the browser came back to.</param>
    /// <returns>The ID token.</returns>
    public async Task<string> RedeemAsync(string issuer, string callback)
    {
        var code = Uri.UnescapeDataString(callback.Split("code=")[1].Split('&')[0]);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Origin + "/cb", ["code_verifier"] = Verifier, ["client_id"] = ClientId,
        });
        using var answer = await Http.PostAsync(new Uri($"{issuer}/oauth/token"), form);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id_token").GetString()!;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}

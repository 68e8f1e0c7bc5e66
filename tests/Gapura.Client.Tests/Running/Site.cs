using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gapura.Client.Tests.Running;

/// <summary>A partner's site, as its developer would write it: all it knows comes from the environment.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<Site> Start(Server server, string? apiKey = null, string? issuer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GAPURA_ISSUER"] = issuer ?? server.Issuer, ["GAPURA_CLIENT_ID"] = Server.ClientId, ["GAPURA_API_KEY"] = apiKey ?? server.ApiKey,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGapuraSignIn(o => o.SaveTokens = true, c => c.Timeout = TimeSpan.FromSeconds(30));
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapGapuraSignIn();
        app.MapGet("/", () => "open");
        app.MapGet("/home", (ClaimsPrincipal me) => Results.Text($"Halo {me.Identity!.Name}")).RequireAuthorization();
        app.MapGet("/me", (ClaimsPrincipal me) => me.Claims.ToLookup(c => c.Type, c => c.Value).ToDictionary(c => c.Key, c => string.Join(' ', c))).RequireAuthorization();
        app.MapGet("/token", async (HttpContext http, CancellationToken _) => Results.Text(await http.GetTokenAsync("access_token"))).RequireAuthorization();
        await app.StartAsync();
        return new Site(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>A platform's own server, which publishes its keys, or does not.</summary>
internal sealed class KeySetServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private KeySetServer(WebApplication app) => _app = app;

    public string Uri => $"{_app.Urls.First()}/jwks";

    /// <summary>What it answers; null for an error.</summary>
    public JsonElement? Keys { get; set; }

    public Func<HttpContext, Task>? Otherwise { get; set; }

    public int Calls => Volatile.Read(ref _calls);

    public static async Task<KeySetServer> Start(params Signer[] signers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new KeySetServer(app) { Keys = Signer.Set([.. signers.Select(s => s.Jwk)]) };
        app.Run(async context =>
        {
            Interlocked.Increment(ref server._calls);
            if (server.Otherwise is { } otherwise) await otherwise(context);
            else if (server.Keys is { } keys) await context.Response.WriteAsync(keys.GetRawText());
            else context.Response.StatusCode = 503;
        });
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

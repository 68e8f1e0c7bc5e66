using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Gapura.Tests.Devices;

/// <summary>One push as it came over the wire.</summary>
internal sealed record Pushed(string Method, string Path, long? Length, IReadOnlyDictionary<string, string> Headers);

/// <summary>A push service on this machine: it notes what comes, and answers as its paths say.</summary>
internal sealed class FakePushService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BlockingCollection<Pushed> _came = [];

    private FakePushService(WebApplication app) => _app = app;

    /// <summary>As an operator lists it: <c>127.0.0.1:port</c>.</summary>
    public string Host => new Uri(_app.Urls.First()).Authority;

    public string Origin => $"http://{Host}";

    public static async Task<FakePushService> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new FakePushService(app);
        app.Run(async context =>
        {
            service._came.Add(new Pushed(context.Request.Method, context.Request.Path, context.Request.ContentLength, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            context.Response.StatusCode = context.Request.Path.Value!.Split('/')[1] switch { "gone" => 410, "missing" => 404, "broken" => 500, "elsewhere" => 307, _ => 201 };
            if (context.Response.StatusCode == 307) context.Response.Headers.Location = "/followed";
            if (context.Request.Path == "/silent") await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await app.StartAsync();
        return service;
    }

    /// <summary>The next push; it is there within seconds or it is none.</summary>
    public Pushed Next() => _came.TryTake(out var pushed, TimeSpan.FromSeconds(20)) ? pushed : throw new TimeoutException("Nothing was pushed.");

    /// <summary>Everything that came and was not looked at yet.</summary>
    public IReadOnlyList<string> Rest()
    {
        var rest = new List<string>();
        while (_came.TryTake(out var pushed)) rest.Add(pushed.Path);
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _came.Dispose();
    }
}

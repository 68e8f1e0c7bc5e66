using System.Collections.Concurrent;
using System.Text;

namespace Gapura.Bench.Running;

/// <summary>Kestrel and nothing else: it holds streams open, wakes one when it is told to, and echoes JSON.</summary>
internal static class BareServer
{
    public static async Task Run(int port, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRoutingCore();
        await using var app = builder.Build();
        var waiting = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        app.UseRouting();
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/wait/{name}", (string name, HttpContext context) => Wait(context, waiting.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously))));
        app.MapPost("/wake/{name}", (string name) => waiting[name].TrySetResult());
        await app.RunAsync(ct);
    }

    private static async Task Wait(HttpContext context, TaskCompletionSource woken)
    {
        context.Response.ContentType = "text/event-stream";
        await Tell(context, "waiting");
        await woken.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!context.RequestAborted.IsCancellationRequested) await Tell(context, "scanned");
    }

    private static async Task Tell(HttpContext context, string state)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: state\ndata: {{\"state\":\"{state}\"}}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}

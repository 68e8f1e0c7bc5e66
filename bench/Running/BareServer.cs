using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Serialization;

namespace Gapura.Bench.Running;

/// <summary>
/// Kestrel and nothing else: it holds streams open, wakes one when it is told to, and echoes JSON. It is what an answer costs
/// before anybody has thought about it, under the same collector and the same compiler settings as the server.
/// </summary>
internal static class BareServer
{
    public static async Task Run(int port, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRoutingCore();
        await using var app = builder.Build();
        var waiting = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        app.UseRouting();
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/echo", () => Results.Json(new Echo("bench", "nothing to say", null), EchoJson.Default.Echo));
        app.MapPost("/echo", PostEcho);
        app.MapGet("/wait/{name}", (string name, HttpContext context) => Wait(context, waiting.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously))));
        app.MapPost("/wake/{name}", (string name) => waiting[name].TrySetResult());
        await app.RunAsync(ct);
    }

    private static async Task<IResult> PostEcho(HttpContext context, CancellationToken ct) =>
        Results.Json(await context.Request.ReadFromJsonAsync(EchoJson.Default.Echo, ct), EchoJson.Default.Echo!);

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

/// <summary>As much JSON as opening a QR code brings along.</summary>
internal sealed record Echo(string ClientId, string Nonce, string? SessionId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Echo))]
internal sealed partial class EchoJson : JsonSerializerContext;

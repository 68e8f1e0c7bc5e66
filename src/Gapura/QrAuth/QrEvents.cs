using System.Text;
using System.Text.Json;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>
/// A waiting screen is told how its sign-in stands: at once, and at every change (server-sent events, WHATWG HTML 9.2).
/// Between changes it costs a connection and a bell, no timer of the store's and no question to it.
/// </summary>
internal sealed class QrEvents(QrStates states, Bells bells, QrAuthOptions options, IHostApplicationLifetime lifetime)
{
    // Shorter than the 30 to 60 seconds after which proxies drop a connection that says nothing.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    public bool IsFull => bells.Count >= options.MostWaiting;

    /// <summary>Ends when the screen goes, when its sign-in is over, or when the server stops.</summary>
    public async Task Tell(HttpContext context, IReadOnlyList<string> claims)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var ct = either.Token;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";

        // Entered before the first look: what happens in between rings.
        using var bell = bells.Enter(claims);
        try
        {
            QrState? told = null;
            while (true)
            {
                var state = await states.Of(claims, ct);
                if (state != told) await Write(context, state, ct);
                told = state;
                if (state.State is "denied" or "collected") return;
                while (!await bell.Rung(Heartbeat, ct)) await context.Response.Body.WriteAsync(Comment, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The screen has gone, or we go: it will ask again elsewhere.
        }
    }

    public async Task<QrState> Now(IReadOnlyList<string> claims, CancellationToken ct) => await states.Of(claims, ct);

    private static async Task Write(HttpContext context, QrState state, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(state, QrAuthJson.Wire.QrState);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: state\ndata: {json}\n\n"), ct);
        await context.Response.Body.FlushAsync(ct);
    }
}

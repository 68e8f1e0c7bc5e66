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
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    public bool IsFull => bells.Count >= options.MostWaiting;

    /// <summary>Ends when the screen goes, when its sign-in is over, or when the server stops.</summary>
    public async Task Tell(HttpContext context, IReadOnlyList<string> claims)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";

        // Entered before the first look: what happens in between rings.
        using var bell = bells.Enter(claims);
        using var left = context.RequestAborted.UnsafeRegister(Leave, bell);
        using var closed = lifetime.ApplicationStopping.UnsafeRegister(Leave, bell);
        QrState? told = null;
        var why = Ringing.Moved;
        while (why != Ringing.Gone)
        {
            if (why == Ringing.Moved)
            {
                var state = await states.Of(claims, CancellationToken.None);
                if (state != told) await Write(context, state);
                told = state;
                if (state.State is "denied" or "collected") return;
            }
            else
            {
                await context.Response.Body.WriteAsync(Comment);
            }

            why = await bell.Next();
        }
    }

    public async Task<QrState> Now(IReadOnlyList<string> claims, CancellationToken ct) => await states.Of(claims, ct);

    private static void Leave(object? bell) => ((Bells.Bell)bell!).Sound(Ringing.Gone);

    // To a screen that has just gone this writes nothing and does not fail.
    private static async Task Write(HttpContext context, QrState state)
    {
        var json = JsonSerializer.Serialize(state, QrAuthJson.Wire.QrState);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: state\ndata: {json}\n\n"));
        await context.Response.Body.FlushAsync();
    }
}

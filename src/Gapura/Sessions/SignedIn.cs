using Gapura.Kernel;

namespace Gapura.Sessions;

/// <summary>The first question of every request that acts for a signed-in person.</summary>
internal sealed class SignedIn(BrowserSessions sessions, SessionsOptions options)
{
    /// <param name="fresh">Ask for a sign-in of the last minutes.</param>
    public async Task<(BrowserSession? Session, Refusal? Refusal)> Require(HttpContext context, bool fresh, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await sessions.Find(context, ct) is not { } session) return (null, Refusals.NotSignedIn);
        if (!HttpMethods.IsGet(context.Request.Method) && !OwnForms.IsOwn(context, options, hasCookie: true)) return (null, Refusals.ForeignForm);
        return fresh && !sessions.IsFresh(session) ? (null, Refusals.SignInTooOld) : (session, null);
    }
}

namespace Gapura.Sessions;

/// <summary>
/// Whether a form that changes something was sent from our own page. A browser says so itself, and no page can make it
/// lie: <c>Sec-Fetch-Site</c> in every browser of the last years, <c>Origin</c> in those before. Why this and no hidden
/// token: <c>docs/decisions/0004-cross-site-forms.md</c>.
/// </summary>
internal static class OwnForms
{
    /// <param name="fetchSite">Header Sec-Fetch-Site (W3C Fetch Metadata).</param>
    /// <param name="origin">Header Origin (Fetch standard). Under our own referrer policy an old browser may send <c>null</c>.</param>
    /// <param name="own">Our own origin.</param>
    /// <param name="hasCookie">The request carries a Lax cookie of ours, which another site's form cannot bring along.</param>
    public static bool IsOwn(string? fetchSite, string? origin, string own, bool hasCookie) => (fetchSite, origin) switch
    {
        (not null and not "", _) => fetchSite is "same-origin" or "none",
        (_, "null") => hasCookie,
        (_, not null and not "") => origin == own,

        // Neither header: a program, not a browser. Every browser that could be made to post across sites sends one.
        _ => true,
    };

    public static bool IsOwn(HttpContext context, SessionsOptions options, bool hasCookie) => IsOwn(
        context.Request.Headers["Sec-Fetch-Site"].ToString(), context.Request.Headers.Origin.ToString(), options.Origin.Text, hasCookie);
}

using Gapura.Storage;

namespace Gapura.Hosting;

/// <summary>
/// A node that cannot look at the store does not know who was shut out meanwhile: it says so instead of letting them in.
/// What is the same for everybody, published keys and files, is served all the same.
/// </summary>
internal static class Freshness
{
    // Nothing in them changes while the process runs: whoever watches over it, and the page that says "one moment", need not wait.
    private static readonly string[] NeverChanging = ["/healthz", "/sdk", "/docs", "/openapi.json", "/assets", "/seamlesslogin/nlelogin.min.js"];

    // As new as they can be had.
    private static readonly string[] Published = ["/.well-known"];

    public static void UseFreshness(this WebApplication app)
    {
        // A file has no other node that could have shut somebody out.
        if (!app.Services.GetRequiredService<Database>().IsShared) return;
        var watch = app.Services.GetRequiredService<FreshnessWatch>();
        app.Use(async (context, next) =>
        {
            var path = context.Request.Path;
            if (watch.IsFresh || IsUnder(path, NeverChanging) || await watch.Fresh() || IsUnder(path, Published)) await next(context);
            else await Faults.Unavailable(context).ExecuteAsync(context);
        });
    }

    private static bool IsUnder(PathString path, string[] places) => places.Any(p => path.StartsWithSegments(p, StringComparison.Ordinal));
}

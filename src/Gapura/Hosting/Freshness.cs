using Gapura.Storage;

namespace Gapura.Hosting;

/// <summary>
/// A node that cannot look at the store does not know who was shut out meanwhile: it says so instead of letting them in.
/// What is the same for everybody, published keys and files, is served all the same.
/// </summary>
internal static class Freshness
{
    private static readonly string[] ForEverybody = ["/healthz", "/.well-known", "/sdk", "/docs", "/openapi.json", "/assets", "/seamlesslogin/nlelogin.min.js"];

    public static void UseFreshness(this WebApplication app)
    {
        // A file has no other node that could have shut somebody out.
        if (!app.Services.GetRequiredService<Database>().IsShared) return;
        var watch = app.Services.GetRequiredService<FreshnessWatch>();
        app.Use(async (context, next) =>
        {
            if (await watch.Fresh() || ForEverybody.Any(p => context.Request.Path.StartsWithSegments(p, StringComparison.Ordinal))) await next(context);
            else await Faults.Unavailable(context).ExecuteAsync(context);
        });
    }
}

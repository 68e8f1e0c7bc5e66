using Gapura.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gapura.Developers.Sdk;

/// <summary>
/// Serves the script for partners' pages and the documented plugin. Any page may load them; a versioned address never
/// changes its bytes, so that a page can pin it with <c>integrity</c>.
/// </summary>
internal static class SdkPart
{
    // Long enough for one person's visit, short enough that a mended fault reaches everybody within the hour.
    private const string ForAnHour = "public, max-age=3600";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddSdk(this IServiceCollection services) => services.AddSingleton<SdkFiles>();

    public static void MapSdk(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/sdk/{name}", Reading, File).ExcludeFromDescription();
        routes.MapMethods("/seamlesslogin/nlelogin.min.js", Reading, Plugin).ExcludeFromDescription();
    }

    private static Results<FileContentHttpResult, NotFound> File(string name, HttpContext context, SdkFiles files)
    {
        if (files.Versioned(name) is { } pinned) return Open(context, pinned, CarriedFile.ForEver);
        if (files.Unversioned(name) is not { } file) return TypedResults.NotFound();
        context.Response.Headers.Link = "</sdk/manifest.json>; rel=\"describedby\"";
        return Open(context, file, name == "manifest.json" ? "no-cache" : ForAnHour);
    }

    private static FileContentHttpResult Plugin(HttpContext context, SdkFiles files) => Open(context, files.Plugin, ForAnHour);

    // A page that checks integrity, or demands that everything it loads allows it, can load these.
    private static FileContentHttpResult Open(HttpContext context, CarriedFile file, string cacheControl)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return file.Answer(context, cacheControl);
    }
}

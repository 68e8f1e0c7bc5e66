using Gapura.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gapura.Authenticator;

/// <summary>
/// Serves the phone's app, nothing else: a page, its files, its manifest and its worker. Everything it does goes through
/// the calls of <c>docs/phone.md</c>.
/// </summary>
internal static class AuthenticatorEndpoints
{
    // No script, style or request but our own; the camera and passkeys are for this page, and for no other of ours.
    private const string ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private const string PermissionsPolicy = "camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), microphone=(), geolocation=(), payment=()";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapAuthenticator(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/authenticator", Reading, Page).ExcludeFromDescription();
        routes.MapMethods("/authenticator/{name}", Reading, File).ExcludeFromDescription();
        routes.MapMethods("/authenticator/assets/{name}", Reading, Asset).ExcludeFromDescription();
    }

    // The scope of the app and of its worker ends with the slash: without it the page would lie outside of its own app.
    private static Results<FileContentHttpResult, RedirectHttpResult> Page(HttpContext context, AuthenticatorFiles files)
    {
        if (!context.Request.Path.Value!.EndsWith('/')) return TypedResults.Redirect("/authenticator/", permanent: true, preserveMethod: true);
        Protect(context.Response.Headers);
        return files.Page.Answer(context, "no-cache");
    }

    private static Results<FileContentHttpResult, NotFound> File(string name, HttpContext context, AuthenticatorFiles files)
    {
        if (files.File(name) is not { } file) return TypedResults.NotFound();
        Protect(context.Response.Headers);
        return file.Answer(context, "no-cache");
    }

    private static Results<FileContentHttpResult, NotFound> Asset(string name, HttpContext context, AuthenticatorFiles files) =>
        files.Asset(name) is { } file ? file.Answer(context, CarriedFile.ForEver) : TypedResults.NotFound();

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
    }
}

using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Gapura.Tests.Developers.Reference;

/// <summary>The document and the server name the same things.</summary>
public sealed class RoutesTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    /// <summary>What is not a program's to call, each with the reason.</summary>
    private static readonly (string Route, string Why)[] Pages =
    [
        ("* /", "sends a person to their account"),
        ("* /sign-in", "a page, and its own form"),
        ("POST /sign-in/phone", "the form of that page"),
        ("POST /sign-out", "the form of a page"),
        ("GET /account", "a page"),
        ("POST /account/devices/revoke", "the form of a page"),
        ("GET /account/platforms", "a page"),
        ("POST /account/platforms/take-back", "the form of a page"),
        ("POST /seamlesslogin/sign-in", "the popup's own form"),
        ("POST /seamlesslogin/phone", "the popup's own form"),
        ("POST /seamlesslogin/confirm", "the popup's own form"),
        ("POST /oauth/consent", "the form of a page"),
        ("POST /oauth/logout/confirm", "the form of a page"),
        ("* /device", "the page where a person types a device's code, and its form"),
        ("GET /assets/{name}", "style and scripts of pages"),
        ("GET /seamlesslogin/nlelogin.min.js", "the documented plugin, a script for pages"),
        ("GET /authenticator", "the phone's app"),
        ("GET /authenticator/{name}", "the phone's app"),
        ("GET /authenticator/assets/{name}", "the phone's app"),
        ("GET /seamlesslogin/nlelogin.min.js", "the documented plugin, a script for pages"),
        ("GET /docs", "this reference, for people"),
        ("GET /docs/{section}", "this reference, for people"),
    ];

    // Rooms that other documents are about: scripts for pages, and pages for developers.
    private static readonly string[] Elsewhere = ["/sdk", "/developers"];

    [Fact]
    public void Every_route_is_in_the_document_or_has_a_reason_not_to_be()
    {
        var documented = Documented.Usual.Operations.Select(o => $"{o.Method} {o.Path}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], Routes().Where(r => !documented.Contains(r) && !IsPage(r) && !Elsewhere.Any(p => r.Contains($" {p}", StringComparison.Ordinal))).Order());
    }

    [Fact]
    public void Nothing_in_the_document_is_not_a_route()
    {
        var routes = Routes().ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], Documented.Usual.Operations.Select(o => $"{o.Method} {o.Path}").Where(o => !routes.Contains(o)));
    }

    [Fact]
    public void Every_page_that_has_a_reason_is_there()
    {
        var routes = Routes().ToList();
        Assert.Equal([], Pages.Where(p => !routes.Any(r => Is(p.Route, r))).Select(p => p.Route));
    }

    private static bool IsPage(string route) => Pages.Any(p => Is(p.Route, route));

    private static bool Is(string page, string route) => page == route || (page.StartsWith("* ", StringComparison.Ordinal) && route.EndsWith(page[1..], StringComparison.Ordinal));

    // A route without methods of its own refuses the others; HEAD is GET without its body.
    private IEnumerable<string> Routes() =>
        from endpoint in server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where method != "HEAD"
        select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";
}

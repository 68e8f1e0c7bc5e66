using Microsoft.AspNetCore.Http;

namespace Gapura.Client.SignIn;

/// <summary>Whether a page of this site asks: no other may fetch tickets here, or sign its visitors in as somebody else.</summary>
internal static class Callers
{
    public static bool IsOwnPage(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();

        // The scheme is not compared: behind a proxy it is the proxy that knows it.
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(new Uri($"{from.Scheme}://{request.Host.ToUriComponent()}").Authority, StringComparison.OrdinalIgnoreCase));
    }
}

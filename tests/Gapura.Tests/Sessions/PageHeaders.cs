using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.Sessions;

/// <summary>The headers every page for a person carries.</summary>
internal static partial class PageHeaders
{
    /// <returns>The nonce of its scripts.</returns>
    public static string AreSafe(Reply page)
    {
        // Where a phone can sign in, the page's script asks this server how that goes; no other page may ask anything.
        var connects = page.Text.Contains("data-client=", StringComparison.Ordinal) ? " connect-src 'self';" : "";
        var policy = page["Content-Security-Policy"]!;
        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        Assert.Equal($"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:;{connects} form-action 'self'; frame-ancestors 'none'; base-uri 'none'", policy);
        Assert.Equal("no-store", page["Cache-Control"]);
        Assert.Equal("no-referrer", page["Referrer-Policy"]);
        Assert.Equal("DENY", page["X-Frame-Options"]);
        Assert.Equal("nosniff", page["X-Content-Type-Options"]);
        Assert.Equal("camera=(), microphone=(), geolocation=(), payment=()", page["Permissions-Policy"]);
        Assert.Equal("text/html; charset=utf-8", page["Content-Type"]);
        Assert.All(Script().Matches(page.Text), script => Assert.Matches($"nonce=\"{nonce}\"|type=\"application/json\"", script.Value));
        return nonce;
    }

    [GeneratedRegex("'nonce-(?<nonce>[0-9a-f]{32})'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Script();
}

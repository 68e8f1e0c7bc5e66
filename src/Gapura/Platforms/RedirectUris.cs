using System.Globalization;
using Gapura.Kernel;

namespace Gapura.Platforms;

/// <summary>Whether an address is one a platform registered: the exact string (RFC 9700 section 4.1.3), save for the port of a loopback address.</summary>
internal static class RedirectUris
{
    public static bool Allow(Platform platform, string uri) => platform.RedirectUris.Contains(uri, StringComparer.Ordinal) || platform.RedirectUris.Any(r => IsSameButForThePort(r, uri));

    /// <returns>Null for an address of another kind than http or https.</returns>
    public static WebOrigin? OriginOf(string uri) => WebOrigin.TryParse(new Uri(uri).GetLeftPart(UriPartial.Authority), out var origin) ? origin : null;

    // A native app listens on whatever port is free (RFC 8252 section 7.3). By address only: a name could be anybody's.
    private static bool IsSameButForThePort(string registered, string given) =>
        Loopback(registered) is { } one && Loopback(given) is { } other && one.Host == other.Host && one.Path == other.Path;

    private static (string Host, string Path)? Loopback(string uri)
    {
        foreach (var host in (string[])["http://127.0.0.1", "http://[::1]"])
        {
            if (!uri.StartsWith(host, StringComparison.Ordinal)) continue;
            var rest = uri[host.Length..];
            if (!rest.StartsWith(':')) return rest.StartsWith('/') ? (host, rest) : null;
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            return slash > 0 && IsPort(rest.AsSpan(1, slash - 1)) ? (host, rest[slash..]) : null;
        }

        return null;
    }

    // As a browser writes it: what is no port makes no address that an answer could be sent to.
    private static bool IsPort(ReadOnlySpan<char> text) => text is [>= '1' and <= '9', ..] && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

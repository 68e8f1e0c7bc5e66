using System.Globalization;

namespace Gapura.Devices;

/// <summary>
/// Where a push may go. An endpoint is an address that a browser names and this server calls: only push services on the
/// list are called, so that nobody makes it call anything else. Pure.
/// </summary>
internal static class PushHosts
{
    private const int LongestEndpoint = 1024;

    /// <returns>The address, or null for one that is not allowed here.</returns>
    public static Uri? Allowed(string endpoint, IReadOnlyList<string> hosts)
    {
        if (endpoint.Length > LongestEndpoint || endpoint.Any(c => c is <= ' ' or > '~' or '\\') || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)) return null;
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0) return null;
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) return null;
        var host = uri.Port == 443 ? uri.Host : string.Create(CultureInfo.InvariantCulture, $"{uri.Host}:{uri.Port}");
        return hosts.Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > allowed.Length - 1 && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(allowed, StringComparison.OrdinalIgnoreCase)) ? uri : null;
    }

    /// <summary>Whether an operator may write this in the list.</summary>
    public static bool IsHost(string text)
    {
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        var (host, port) = name.Split(':', 2) is [var before, var after] ? (before, after) : (name, "443");
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4
            && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
    }
}

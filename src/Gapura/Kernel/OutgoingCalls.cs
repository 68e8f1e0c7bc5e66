using System.Net;
using System.Net.Sockets;

namespace Gapura.Kernel;

/// <summary>
/// Calls to addresses that somebody else named. The address is looked up once, checked, and the connection goes to what was
/// checked: a name cannot lead inside, not even by answering differently the second time. No proxy, no cookie, no redirect.
/// </summary>
internal static class OutgoingCalls
{
    /// <param name="own">Our own origin. An installation on a developer's machine may call that machine, any other only the world.</param>
    /// <returns>The address, or null for one that is never called.</returns>
    public static Uri? Allowed(string address, WebOrigin own)
    {
        if (address.Length > 2000 || address.Any(c => c is <= ' ' or > '~' or '\\') || !Uri.TryCreate(address, UriKind.Absolute, out var uri)) return null;
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0) return null;
        return uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && MayReachItself(own)) ? uri : null;
    }

    /// <summary>Https anywhere in the world; whether a certificate fits is the framework's to say.</summary>
    public static SocketsHttpHandler Handler(WebOrigin own) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxResponseHeadersLength = 16,
        ConnectCallback = (context, ct) => Connect(context.DnsEndPoint, MayReachItself(own), ct),
    };

    /// <summary>Whether an address belongs to the world: not to this machine, its network, or nobody (IANA's special-purpose registries, RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return !Closed.Any(network => network.Contains(address));
        return World6.Contains(address) && !Closed6.Any(network => network.Contains(address));
    }

    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Global unicast, without what carries an address of version 4 inside, and without examples.
    private static readonly IPNetwork World6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Closed6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    private static bool MayReachItself(WebOrigin own) => new Uri(own.Text) is { Scheme: "http", IsLoopback: true };

    private static async ValueTask<Stream> Connect(DnsEndPoint to, bool itself, CancellationToken ct)
    {
        var found = IPAddress.TryParse(to.Host, out var written) ? [written] : await Dns.GetHostAddressesAsync(to.Host, ct);
        IPAddress[] allowed = [.. found.Where(a => IsPublic(a) || (itself && IPAddress.IsLoopback(a)))];
        if (allowed.Length == 0) throw new HttpRequestException(HttpRequestError.ConnectionError, "The address is not one of the world outside.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

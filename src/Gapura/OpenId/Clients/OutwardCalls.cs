using System.Net;
using System.Net.Sockets;
using Gapura.Kernel;

namespace Gapura.OpenId.Clients;

/// <summary>
/// Calls to addresses that platforms registered: https, to hosts of the public internet, never back into this network,
/// and without a proxy, because it is the address itself that is checked. An installation that is itself http on
/// localhost (development) may call anything.
/// </summary>
internal static class OutwardCalls
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/32", "2001:db8::/32", "2002::/16"]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <returns>Null for an address that is not called.</returns>
    public static Uri? Allowed(string text, WebOrigin issuer) =>
        text.Length <= 2_000 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsDevelopment(issuer)))
            ? uri : null;

    /// <summary>Follows no redirect, keeps no cookie, and looks at the address behind a name at the moment it connects.</summary>
    public static SocketsHttpHandler Handler(WebOrigin issuer) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 16,
        ConnectCallback = async (context, ct) => await Connect(context.DnsEndPoint, IsDevelopment(issuer), ct),
    };

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return !NotPublic.Any(n => n.Contains(address)) && (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address));
    }

    // One look at the name, and a connection to what was looked at: a name that answers differently the second time gains nothing.
    private static async Task<Stream> Connect(DnsEndPoint host, bool anywhere, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, ct);
        var allowed = addresses.Where(a => anywhere || IsPublic(a)).ToArray();
        if (allowed.Length == 0) throw new HttpRequestException($"{host.Host} is not an address of the public internet");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsDevelopment(WebOrigin issuer) => issuer.Text.StartsWith("http:", StringComparison.Ordinal);
}

using System.Net;
using System.Net.Sockets;

namespace Gapura.Kernel;

/// <summary>
/// The network somebody comes from, without the somebody: an IPv4 address without its last 8 bits, an IPv6 address
/// without its last 80, in CIDR notation (RFC 4632). What is written down and compared instead of addresses.
/// </summary>
internal static class NetworkName
{
    private const int KeptOf4 = 24;
    private const int KeptOf6 = 48;

    // A browser takes ::1 where a program takes 127.0.0.1: one machine, one network.
    private const string Loopback = "127.0.0.0/8";

    /// <returns>Null for no address.</returns>
    public static string? Of(IPAddress? address)
    {
        if (address is null) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return Loopback;
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? KeptOf4 : KeptOf6;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(kept / 8).Clear();
        return $"{new IPAddress(bytes)}/{kept}";
    }
}

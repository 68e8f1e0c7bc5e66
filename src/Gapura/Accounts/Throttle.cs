using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Accounts;

/// <summary>So many failures within a window, then no more tries until it ends.</summary>
/// <param name="Key">Hash of whom it counts: no name of a person or a network is stored.</param>
internal sealed record Throttle(string Key, int Most, TimeSpan Window);

/// <summary>Which counters one attempt falls under. Pure: who, from where, in; counters out.</summary>
internal static class Throttles
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>
    /// A browser that has signed in as this account before has a counter of its own, which strangers cannot fill: a
    /// lockout is no weapon against it. Everybody else shares the account's, and each network has one.
    /// </summary>
    /// <param name="username">Normalised; it need not exist, so that the answer does not tell.</param>
    /// <param name="browser">Stands for the familiar browser; null for any other.</param>
    public static IReadOnlyList<Throttle> For(string username, IPAddress network, string? browser)
    {
        var from = Network(network);
        return browser is not null
            ? [new(Key("browser", username, browser), 10, Quarter)]
            :
            [
                new(Key("pair", username, from), 10, Quarter),

                // Generous: a mobile carrier puts thousands of people behind one address.
                new(Key("network", from), 300, Quarter),
                new(Key("account", username), 100, TimeSpan.FromHours(1)),
            ];
    }

    /// <summary>Guesses at the code a device shows: by whoever is signed in, and from one network. Nobody else can guess.</summary>
    public static IReadOnlyList<Throttle> ForDeviceCode(string accountId, IPAddress network) =>
        [new(Key("device code", accountId), 10, Quarter), new(Key("device code from", Network(network)), 100, Quarter)];

    /// <summary>Devices that ask for a code and prove nothing.</summary>
    public static IReadOnlyList<Throttle> ForDeviceOpening(IPAddress network) => [new(Key("device opening", Network(network)), 100, Quarter)];

    /// <summary>API keys shown to a page, from one network.</summary>
    public static IReadOnlyList<Throttle> ForShownKey(IPAddress network) => [new(Key("shown key", Network(network)), 30, Quarter)];

    /// <summary>A platform that asks one person's phone, whether there is such a person or not.</summary>
    public static IReadOnlyList<Throttle> ForPhoneRequest(string clientId, string username) => [new(Key("phone request", clientId, username), 10, Quarter)];

    /// <summary>An IPv4 address, or the /64 that one IPv6 subscriber owns whole.</summary>
    private static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static string Key(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16));
}

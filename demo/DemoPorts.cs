using System.Net;
using System.Net.Sockets;

namespace Gapura.Demo;

/// <summary>Three neighbouring ports, and the three origins that stand on them.</summary>
internal sealed record DemoPorts(int First)
{
    public string Server => Origin(First);

    public string Partner => Origin(First + 1);

    public string Customs => Origin(First + 2);

    /// <exception cref="DemoTroubleException">One of the ports is taken.</exception>
    public void MustBeFree()
    {
        foreach (var port in (int[])[First, First + 1, First + 2])
        {
            if (IsTaken(IPAddress.Loopback, port) || (Socket.OSSupportsIPv6 && IsTaken(IPAddress.IPv6Loopback, port)))
            {
                throw new DemoTroubleException(
                    $"Port {port} is in use: end the program that listens there, or choose three other ports with --port N.");
            }
        }
    }

    private static bool IsTaken(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException refused)
        {
            // A machine without this address family has nobody listening on it either.
            return refused.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
        }
    }

    private static string Origin(int port) => $"http://localhost:{port}";
}

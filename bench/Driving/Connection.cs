using System.Net;
using System.Net.Sockets;

namespace Gapura.Bench.Driving;

/// <summary>One kept-alive connection with at most one request under way. It never blocks.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    public Connection(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Blocking = false;
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>Which request is under way; -1 for none.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>When it was sent, or was to be sent (ticks of the stopwatch).</summary>
    public long Since { get; private set; }

    public void Send(int index, byte[] request, long since)
    {
        (Index, Since, _length) = (index, since, 0);

        // Requests are smaller than any socket's buffer, and nothing else is under way.
        if (_socket.Send(request, SocketFlags.None, out var error) != request.Length) throw new IOException($"A request could not be sent: {error}.");
    }

    /// <returns>Whether the whole answer is here.</returns>
    public bool TryReceive(out int status, out ReadOnlySpan<byte> body)
    {
        status = 0;
        body = default;
        var read = _socket.Receive(_buffer.AsSpan(_length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return false;
        if (read == 0) throw new IOException($"The server closed a connection ({error}).");
        _length += read;
        if (!Answer.TryRead(_buffer.AsSpan(0, _length), out status, out body)) return false;
        Index = -1;
        return true;
    }

    public void Dispose() => _socket.Dispose();
}

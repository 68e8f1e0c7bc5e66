using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.Bench.Waiting;

/// <summary>One screen: a verifier, and a connection on which events are waited for. A bare socket, so that ten thousand of them cost this side little.</summary>
internal sealed class WaitingScreen : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WaitingScreen() => Nonce = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)))));

    public string Nonce { get; }

    /// <summary>When the event arrived that somebody has scanned (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public Task<long> Woken => _woken.Task;

    /// <summary>Returns when the first event, "waiting", is here.</summary>
    public async Task Wait(int port, string path)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port);
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/event-stream\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0) Chrome/131.0.0.0\r\n\r\n"));
        _ = Listen();
        await _waiting.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public void Dispose() => _socket.Dispose();

    private async Task Listen()
    {
        var (buffer, heard) = (new byte[512], "");
        try
        {
            while (await _socket.ReceiveAsync(buffer) is var read and > 0)
            {
                var now = Stopwatch.GetTimestamp();
                heard += Encoding.ASCII.GetString(buffer, 0, read);
                if (heard.Contains("\"waiting\"", StringComparison.Ordinal)) _waiting.TrySetResult();
                if (heard.Contains("\"scanned\"", StringComparison.Ordinal)) _woken.TrySetResult(now);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _waiting.TrySetException(e);
            _woken.TrySetException(e);
        }
    }
}

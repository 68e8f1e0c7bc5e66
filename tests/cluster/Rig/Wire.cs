using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Gapura.Cluster.Rig;

/// <summary>The network between a node and PostgreSQL, which we can hurt: slow, cut, or a hole that swallows everything.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<Line, byte> _lines = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly int _to;
    private readonly Task _accepting;

    public Wire(int port, int to)
    {
        _to = to;
        _listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = false };
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Bytes go in and never come out; nobody is told, not even that the other has hung up.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>Who connects is hung up on.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>Requests come through, and their answers do not: the line is cut instead.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Hangs up on both ends of every line there is.</summary>
    public void Cut()
    {
        foreach (var line in _lines.Keys) line.HangUp();
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _gone.Dispose();
    }

    private async Task Accept()
    {
        while (!_gone.IsCancellationRequested)
        {
            try
            {
                var near = await _listener.AcceptTcpClientAsync(_gone.Token);
                if (IsRefusing) near.Close();
                else _ = Connect(near);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One that gave up before it was accepted; or we are closing.
            }
        }
    }

    private async Task Connect(TcpClient near)
    {
        var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        var line = new Line(near, far);
        _lines[line] = 0;
        try
        {
            if (!IsBlackHole) await far.ConnectAsync(IPAddress.Loopback, _to, _gone.Token);
            await Task.WhenAll(Carry(line, near, far, isAnswer: false), Carry(line, far, near, isAnswer: true));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody is there: the caller is hung up on, as a closed port would.
        }
        finally
        {
            _lines.TryRemove(line, out _);
            line.HangUp();
        }
    }

    private async Task Carry(Line line, TcpClient from, TcpClient to, bool isAnswer)
    {
        // A line that was never connected has one end only: its caller talks to nobody.
        if (!from.Connected) return;
        var due = Channel.CreateUnbounded<(long At, byte[] Bytes)>();
        var sending = Send(due.Reader, to);
        var buffer = new byte[16384];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var count and > 0)
            {
                if (LosesAnswers && isAnswer) break;
                if (IsBlackHole || !to.Connected) line.IsDead = true;
                if (!line.IsDead) due.Writer.TryWrite((Stopwatch.GetTimestamp() + (long)(Delay.TotalSeconds * Stopwatch.Frequency), buffer[..count]));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Hung up on.
        }

        while (IsBlackHole && !_gone.IsCancellationRequested) await Task.Delay(50);
        due.Writer.Complete();
        await sending;
        line.HangUp();
    }

    private static async Task Send(ChannelReader<(long At, byte[] Bytes)> due, TcpClient to)
    {
        try
        {
            await foreach (var (at, bytes) in due.ReadAllAsync())
            {
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
                if (wait > TimeSpan.Zero) await Task.Delay(wait);
                await to.GetStream().WriteAsync(bytes);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Hung up on.
        }
    }

    /// <summary>Both ends of one connection. What a hole has swallowed is missing for ever, so a line that met one stays dead.</summary>
    private sealed class Line(TcpClient near, TcpClient far)
    {
        public bool IsDead { get; set; }

        public void HangUp()
        {
            near.Close();
            far.Close();
        }
    }
}

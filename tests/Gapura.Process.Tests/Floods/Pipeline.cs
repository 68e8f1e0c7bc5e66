using System.Net.Sockets;
using System.Text;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Floods;

/// <summary>
/// One connection that asks many times without waiting: batches of requests in one write, the answers read in order.
/// A plain socket, so that on a small machine the client leaves the processor to the server.
/// </summary>
internal sealed class Pipeline(int port)
{
    private const int Deep = 32;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start, _end;

    /// <summary>Session ids by the 64-bit FNV-1a hash of their text: a million texts would be the client's memory, not the server's.</summary>
    public List<ulong> Seen { get; } = [];

    /// <summary>Some answers in full, to be looked at closely.</summary>
    public List<(string Nonce, string Body)> Sample { get; } = [];

    public async Task Ask(int calls)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        for (var done = 0; done < calls;)
        {
            var nonces = Enumerable.Range(0, Math.Min(Deep, calls - done)).Select(_ => Client.NewNonce()).ToArray();
            var text = string.Concat(nonces.Select(Request));
            await socket.SendAsync(Encoding.ASCII.GetBytes(text));
            foreach (var nonce in nonces)
            {
                var body = await ReadAnswer(socket);
                if (done++ % 1000 == 0) Sample.Add((nonce, Encoding.UTF8.GetString(body.Span)));
                Seen.Add(Hash(SessionId(body.Span)));
            }
        }
    }

    private static string Request(string nonce)
    {
        var body = $"{{\"clientId\":\"{Installed.ClientId}\",\"nonce\":\"{nonce}\"}}";
        return $"POST /v1/qrAuth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    private static ReadOnlySpan<byte> SessionId(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf("\"sessionId\":\""u8) + "\"sessionId\":\""u8.Length;
        var length = body[start..].IndexOf((byte)'"');
        return length >= 60 ? body.Slice(start, length) : throw new InvalidDataException(Encoding.UTF8.GetString(body));
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in text) hash = unchecked((hash ^ b) * 1099511628211UL);
        return hash;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAnswer(Socket socket)
    {
        var head = await ReadTo(socket, "\r\n\r\n"u8.ToArray());
        if (!head.Span.StartsWith("HTTP/1.1 200 "u8)) throw new InvalidDataException(Encoding.ASCII.GetString(head.Span));
        if (head.Span.IndexOf("Transfer-Encoding: chunked"u8) < 0)
        {
            var text = Encoding.ASCII.GetString(head.Span);
            var at = text.IndexOf("Content-Length: ", StringComparison.Ordinal) + "Content-Length: ".Length;
            return await ReadExactly(socket, int.Parse(text[at..text.IndexOf('\r', at)]));
        }

        // One small chunk and the empty one, as the server sends an answer of this size; anything else would be news.
        var size = Convert.ToInt32(Encoding.ASCII.GetString((await ReadTo(socket, "\r\n"u8.ToArray())).Span).Trim(), 16);
        var body = (await ReadExactly(socket, size)).ToArray();
        var end = await ReadExactly(socket, "\r\n0\r\n\r\n".Length);
        return end.Span.SequenceEqual("\r\n0\r\n\r\n"u8) ? body : throw new InvalidDataException("more than one chunk");
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadTo(Socket socket, byte[] end)
    {
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf(end)) < 0) await Fill(socket);
        return await ReadExactly(socket, at + end.Length);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadExactly(Socket socket, int length)
    {
        while (_end - _start < length) await Fill(socket);
        _start += length;
        return _buffer.AsMemory(_start - length, length);
    }

    private async Task Fill(Socket socket)
    {
        if (_start > _buffer.Length / 2)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var read = await socket.ReceiveAsync(_buffer.AsMemory(_end));
        _end += read > 0 ? read : throw new EndOfStreamException("the server closed the connection");
    }
}

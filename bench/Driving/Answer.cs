using System.Globalization;
using System.Text;

namespace Gapura.Bench.Driving;

/// <summary>Where an HTTP/1.1 answer begins and ends in the bytes that have come so far. No more of HTTP than the measured servers speak.</summary>
internal static class Answer
{
    /// <summary>Whether the answer is whole.</summary>
    /// <param name="body">As it came: with the sizes of its chunks where it has any.</param>
    public static bool TryRead(ReadOnlySpan<byte> received, out int status, out ReadOnlySpan<byte> body)
    {
        status = 0;
        body = default;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = received[..(end + 2)];
        status = int.Parse(head.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        body = received[(end + 4)..];
        if (IndexOf(head, "\r\nContent-Length:"u8, "\r\ncontent-length:"u8) is var length and >= 0)
        {
            var value = head[(length + 17)..];
            return body.Length >= int.Parse(value[..value.IndexOf((byte)'\r')].Trim((byte)' '), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return IndexOf(head, "\r\nTransfer-Encoding:"u8, "\r\ntransfer-encoding:"u8) < 0 || body.EndsWith("0\r\n\r\n"u8);
    }

    /// <summary>The text of a member of a JSON answer, found without reading the rest; null where there is none.</summary>
    public static string? Member(ReadOnlySpan<byte> body, string name)
    {
        var key = Encoding.ASCII.GetBytes($"\"{name}\":\"");
        var start = body.IndexOf(key);
        if (start < 0) return null;
        var value = body[(start + key.Length)..];
        return Encoding.UTF8.GetString(value[..value.IndexOf((byte)'"')]);
    }

    private static int IndexOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> usual, ReadOnlySpan<byte> lower) => head.IndexOf(usual) is var found and >= 0 ? found : head.IndexOf(lower);
}

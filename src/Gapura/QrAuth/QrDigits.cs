using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Gapura.Kernel;
using Gapura.Protocol.Handles;

namespace Gapura.QrAuth;

/// <summary>
/// The numbers by which a person shows that the phone in the hand and the screen in front belong together. Computed from
/// the handle and the phone, so that nothing is stored and every node knows the same.
/// </summary>
/// <param name="OnScreen">Two digits the screen shows.</param>
/// <param name="Choices">Three of two digits, one of them on the screen.</param>
/// <param name="Code">Four digits the phone shows, to be typed at the screen.</param>
internal sealed record QrDigits(string OnScreen, IReadOnlyList<string> Choices, string Code)
{
    /// <param name="keys">Accepted handle keys, the one that issued the session id among them: it counts, whichever is current now.</param>
    public static QrDigits For(IReadOnlyList<HandleKey> keys, string sessionId, string deviceId)
    {
        var key = keys.First(k => k.Id == KeyId(sessionId));
        var random = key.QrDigits(Encoding.UTF8.GetBytes($"{sessionId}\n{deviceId}"));
        var onScreen = (int)(BinaryPrimitives.ReadUInt32BigEndian(random) % 100);
        List<int> choices = [onScreen];
        foreach (var at in (int[])[4, 8])
        {
            var other = (int)(BinaryPrimitives.ReadUInt32BigEndian(random.AsSpan(at)) % 100);
            while (choices.Contains(other)) other = (other + 1) % 100;
            choices.Add(other);
        }

        // Sorted: where the right one stands says nothing.
        var code = BinaryPrimitives.ReadUInt32BigEndian(random.AsSpan(12)) % 10_000;
        return new QrDigits(Two(onScreen), [.. choices.Order().Select(Two)], code.ToString("D4", CultureInfo.InvariantCulture));
    }

    private static byte KeyId(string sessionId) =>
        SessionIdText.TryParse(sessionId, out var parts) && Base62.TryDecode(parts.Code, out var high, out _) ? (byte)(high >> 16) : (byte)0;

    private static string Two(int number) => number.ToString("D2", CultureInfo.InvariantCulture);
}

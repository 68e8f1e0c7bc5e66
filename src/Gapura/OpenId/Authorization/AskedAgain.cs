using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gapura.Storage;

namespace Gapura.OpenId.Authorization;

/// <summary>
/// A note in our own address that a person was asked to sign in again, and when: on coming back, only a sign-in since then
/// counts. Tagged over the whole request, so that nobody who borrowed the browser writes one. Seconds and 32 hex digits.
/// </summary>
internal sealed class AskedAgain(HandleKeys keys, TimeProvider time)
{
    /// <summary>How long a person may take to sign in and agree.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="request">The query as the platform sent it.</param>
    public string Note(string request)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return $"{now}.{Tag(keys.Ring.Current.SignInAskedTag(Body(now, request)))}";
    }

    /// <returns>When they were asked; null for a note that is not ours, of another request, or old.</returns>
    public DateTimeOffset? Read(string? note, string request)
    {
        if (note?.Split('.') is not [var text, { Length: 32 } tag] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 99_999_999_999) return null;
        if (!keys.Ring.Accepted.Any(key => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Tag(key.SignInAskedTag(Body(seconds, request)))), Encoding.UTF8.GetBytes(tag)))) return null;
        var asked = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return time.GetUtcNow() - asked < Longest ? asked : null;
    }

    private static byte[] Body(long seconds, string request) => Encoding.UTF8.GetBytes($"{seconds}\n{request}");

    private static string Tag(byte[] hmac) => Convert.ToHexStringLower(hmac.AsSpan(0, 16));
}

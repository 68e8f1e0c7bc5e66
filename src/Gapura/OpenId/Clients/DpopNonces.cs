using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gapura.Storage;

namespace Gapura.OpenId.Clients;

/// <summary>
/// What we ask callers to put into their proofs (RFC 9449 section 8): a time and a tag, so that any node knows what any other
/// gave out and nothing is stored. A new one every half minute, good for five.
/// </summary>
internal sealed class DpopNonces(HandleKeys keys, TimeProvider time)
{
    public const string Header = "DPoP-Nonce";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private const long Step = 30;

    public string Current()
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        seconds -= seconds % Step;
        return $"{seconds}.{Tag(keys.Ring.Current.DpopNonceTag(Body(seconds)))}";
    }

    /// <summary>Whether it is ours and not too old.</summary>
    public bool IsFresh(string nonce)
    {
        if (nonce.Split('.') is not [{ Length: <= 11 } text, { Length: 32 } tag] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (!keys.Ring.Accepted.Any(key => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Tag(key.DpopNonceTag(Body(seconds)))), Encoding.UTF8.GetBytes(tag)))) return false;
        return time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < Lifetime;
    }

    private static byte[] Body(long seconds) => Encoding.ASCII.GetBytes(seconds.ToString(CultureInfo.InvariantCulture));

    private static string Tag(byte[] hmac) => Convert.ToHexStringLower(hmac.AsSpan(0, 16));
}

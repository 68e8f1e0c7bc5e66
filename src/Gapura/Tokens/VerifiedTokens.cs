using System.Security.Cryptography;
using System.Text;

namespace Gapura.Tokens;

/// <summary>
/// Tokens whose signature was found right lately. An API asks about the same token again and again, and nothing about a
/// signature changes; whether its key is still published, its time over and its grant ended is asked each time.
/// A table of fixed size: what comes takes the place of what was there.
/// </summary>
internal sealed class VerifiedTokens
{
    private const int Places = 8192;
    private readonly Verified?[] _places = new Verified?[Places];

    /// <returns>Null when it was not seen, or was forgotten.</returns>
    public (SigningKey Key, AccessToken Token)? Find(string text)
    {
        var hash = Hash(text);
        return Volatile.Read(ref _places[Place(hash)]) is { } known && known.Hash.AsSpan().SequenceEqual(hash) ? (known.Key, known.Token) : null;
    }

    public void Add(string text, SigningKey key, AccessToken token)
    {
        var hash = Hash(text);
        Volatile.Write(ref _places[Place(hash)], new Verified(hash, key, token));
    }

    // Of the whole text, signature included: another text is another token.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static int Place(byte[] hash) => (hash[0] | hash[1] << 8) % Places;

    private sealed record Verified(byte[] Hash, SigningKey Key, AccessToken Token);
}

using System.Buffers.Binary;
using Gapura.Kernel;

namespace Gapura.Tokens;

/// <summary>
/// Tokens whose signature was found right lately. An API asks about the same token again and again, and nothing about a
/// signature changes; whether its key is still published, its time over and its grant ended is asked each time.
/// A table of fixed size: what comes takes the place of what lay longest on its shelf.
/// </summary>
internal sealed class VerifiedTokens
{
    // With one place to a shelf, a ninth of a thousand tokens would push each other out again and again.
    private const int Shelves = 2_048;
    private const int Places = 4;
    private readonly Verified?[] _places = new Verified?[Shelves * Places];

    /// <returns>Null when it was not seen, or was forgotten.</returns>
    public (SigningKey Key, AccessToken Token)? Find(string text)
    {
        Span<byte> hash = stackalloc byte[TextHash.Length];
        TextHash.Of(text, hash);
        foreach (ref var place in Shelf(hash))
            if (Volatile.Read(ref place) is { } known && known.Hash.AsSpan().SequenceEqual(hash)) return (known.Key, known.Token);
        return null;
    }

    public void Add(string text, SigningKey key, AccessToken token)
    {
        var hash = new byte[TextHash.Length];
        TextHash.Of(text, hash);

        // Two at once on one shelf may lose one of the two, which is then verified once more.
        var shelf = Shelf(hash);
        for (var i = Places - 1; i > 0; i--) Volatile.Write(ref shelf[i], Volatile.Read(ref shelf[i - 1]));
        Volatile.Write(ref shelf[0], new Verified(hash, key, token));
    }

    // By the hash of the whole text, signature included: another text is another token.
    private Span<Verified?> Shelf(ReadOnlySpan<byte> hash) => _places.AsSpan(BinaryPrimitives.ReadUInt16LittleEndian(hash) % Shelves * Places, Places);

    private sealed record Verified(byte[] Hash, SigningKey Key, AccessToken Token);
}

using System.Text.Json;

namespace Gapura.OpenId.Clients;

/// <summary>The public keys of one platform (RFC 7517 section 5), at most 50.</summary>
internal sealed class ClientKeySet
{
    private const int Most = 50;

    // A signature without a key id is tried with every key it could be of; more than this nobody needs.
    private const int MostTried = 8;

    public static readonly ClientKeySet Empty = new([]);

    private ClientKeySet(IReadOnlyList<ClientKey> keys) => Keys = keys;

    public IReadOnlyList<ClientKey> Keys { get; }

    /// <summary>What can be used of a set: a key of a kind we do not know, or one that gives its private part away, is passed over.</summary>
    public static ClientKeySet Read(JsonElement set) => new([.. KeysIn(set).Take(Most).Select(k => ClientKey.Read(k).Key).OfType<ClientKey>()]);

    /// <summary>What is wrong with a set that somebody registers; null for one we take.</summary>
    public static string? Problem(JsonElement set)
    {
        var keys = KeysIn(set).ToList();
        if (keys.Count is 0 or > Most) return $"A key set holds 1 to {Most} keys under the name keys.";
        return keys.Select(k => ClientKey.Read(k).Problem).FirstOrDefault(p => p is not null);
    }

    /// <summary>Whether a key of this id is here, or one that has none and could be it.</summary>
    public bool Holds(string? id) => id is null ? Keys.Count > 0 : Candidates(id).Any();

    public bool Verifies(SignedText text) => Candidates(text.KeyId).Where(k => k.Fits(text.Algorithm)).Take(MostTried).Any(k => k.Verify(text));

    private IEnumerable<ClientKey> Candidates(string? id) => Keys.Where(k => id is null || k.Id is null || k.Id == id);

    private static IEnumerable<JsonElement> KeysIn(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array ? keys.EnumerateArray() : [];
}

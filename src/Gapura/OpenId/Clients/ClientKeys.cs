using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

/// <summary>
/// Keeper of platforms' public keys: those they registered (<c>jwks</c>), or those at their address (<c>jwks_uri</c>), five
/// minutes fresh. A key id nobody knows makes us look again, once in five seconds at most; while the platform is down its
/// last good keys serve for a day.
/// </summary>
internal sealed class ClientKeys(KeySetFetch fetch, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    // A key that was taken back must not live on because its owner's server was made silent.
    private static readonly TimeSpan LongestWithoutAnswer = TimeSpan.FromHours(24);

    private readonly ConditionalWeakTable<ClientSettings, ClientKeySet> _registered = [];
    private readonly ConcurrentDictionary<string, Fetched> _fetched = new(StringComparer.Ordinal);

    /// <summary>Whether this platform signed it, with an algorithm it may use.</summary>
    public async Task<bool> Verify(Platform platform, SignedText text, CancellationToken ct) =>
        AcceptedAlgorithms.Of(platform).Contains(text.Algorithm) && (await Of(platform, text.KeyId, ct)).Verifies(text);

    /// <param name="keyId">The key that is looked for; null for all of them.</param>
    /// <returns>Empty for a platform without keys, and for one whose keys were never reached.</returns>
    public async Task<ClientKeySet> Of(Platform platform, string? keyId, CancellationToken ct)
    {
        if (platform.Client.Jwks is { } inline) return _registered.GetValue(platform.Client, _ => ClientKeySet.Read(inline));
        if (platform.Client.JwksUri is not { } uri) return ClientKeySet.Empty;
        var fetched = _fetched.AddOrUpdate(platform.ClientId, _ => new Fetched(uri), (_, known) => known.Uri == uri ? known : new Fetched(uri));
        return await Look(fetched, keyId, ct);
    }

    private async Task<ClientKeySet> Look(Fetched fetched, string? keyId, CancellationToken ct)
    {
        if (IsEnough(fetched, keyId)) return fetched.Keys;

        // Who has keys to go on with does not wait for another's call.
        if (!await fetched.Gate.WaitAsync(fetched.Keys.Holds(keyId) ? TimeSpan.Zero : KeySetFetch.Patience, ct)) return Known(fetched);
        try
        {
            if (IsEnough(fetched, keyId) || time.GetUtcNow() - fetched.TriedAt < BetweenTries) return Known(fetched);
            fetched.TriedAt = time.GetUtcNow();
            if (await fetch.Get(fetched.Uri, ct) is not { } keys) return Known(fetched);
            (fetched.Keys, fetched.FetchedAt) = (keys, time.GetUtcNow());
            return keys;
        }
        finally
        {
            fetched.Gate.Release();
        }
    }

    private bool IsEnough(Fetched fetched, string? keyId) => time.GetUtcNow() - fetched.FetchedAt < Fresh && fetched.Keys.Holds(keyId);

    private ClientKeySet Known(Fetched fetched) => time.GetUtcNow() - fetched.FetchedAt < LongestWithoutAnswer ? fetched.Keys : ClientKeySet.Empty;

    private sealed class Fetched(string uri)
    {
        public string Uri => uri;

        /// <summary>One call at a time for one platform.</summary>
        public SemaphoreSlim Gate { get; } = new(1);

        public ClientKeySet Keys { get; set; } = ClientKeySet.Empty;

        public DateTimeOffset FetchedAt { get; set; } = DateTimeOffset.MinValue;

        public DateTimeOffset TriedAt { get; set; } = DateTimeOffset.MinValue;
    }
}

using Microsoft.IdentityModel.Tokens;

namespace Gapura.Client.Tokens;

/// <summary>
/// The keys the issuer publishes, in memory. Fetched once at first need; for five minutes good as they are, for an hour
/// used while they are fetched again behind the request's back; after that a request waits for the fetch. An issuer that
/// is away costs nothing for a day. However many ask, one fetch is under way.
/// </summary>
/// <param name="fetch">The key set as published (RFC 7517).</param>
internal sealed class IssuerKeys(Func<Task<JsonWebKeySet>> fetch, TimeProvider time)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Waits = TimeSpan.FromHours(1);
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Between fetches for a name nobody knows, and after one that failed: strangers cannot make us ask more often.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // Without any key nothing works, so that is tried again sooner.
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Snapshot? _known;
    private Task<Snapshot>? _underWay;
    private DateTimeOffset _failedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _soughtAt = DateTimeOffset.MinValue;

    /// <returns>The key of that name; null when the issuer has none.</returns>
    /// <exception cref="GapuraException">There are no keys that may be used: nobody can say what a token is worth.</exception>
    public async ValueTask<SecurityKey?> Find(string kid, CancellationToken ct)
    {
        var known = await Current(ct);
        if (known.Keys.TryGetValue(kid, out var key)) return key;
        return Seek(known) is { } fetching ? (await Settle(fetching, known, ct)).Keys.GetValueOrDefault(kid) : null;
    }

    private async ValueTask<Snapshot> Current(CancellationToken ct)
    {
        var (known, now) = (Volatile.Read(ref _known), time.GetUtcNow());
        if (known is not null && now - known.At < Fresh) return known;
        var fetching = Refresh();
        if (known is null || now - known.At >= Kept)
        {
            return await (fetching ?? throw new GapuraException("unreachable", null, "The issuer's keys could not be fetched.", "Check the issuer's address and the network; it is tried again within seconds.")).WaitAsync(ct);
        }

        return now - known.At < Waits || fetching is null ? known : await Settle(fetching, known, ct);
    }

    // An outage leaves what we had.
    private static async Task<Snapshot> Settle(Task<Snapshot> fetching, Snapshot known, CancellationToken ct)
    {
        try
        {
            return await fetching.WaitAsync(ct);
        }
        catch (GapuraException)
        {
            return known;
        }
    }

    // Null: not now. Nobody awaits these two without looking.
#pragma warning disable MA0022
    private Task<Snapshot>? Refresh()
    {
        lock (_lock)
        {
            if (_underWay is not null) return _underWay;
            var isUsable = _known is { } known && time.GetUtcNow() - known.At < Kept;
            return time.GetUtcNow() - _failedAt < (isUsable ? Pause : ShortPause) ? null : Begin();
        }
    }

    private Task<Snapshot>? Seek(Snapshot lookedAt)
    {
        lock (_lock)
        {
            // Fetched anew since: that is the answer.
            if (_known is not null && _known != lookedAt) return Task.FromResult(_known);
            if (_underWay is not null) return _underWay;
            var now = time.GetUtcNow();
            if (now - _soughtAt < Pause || now - _failedAt < Pause) return null;
            _soughtAt = now;
            return Begin();
        }
    }

#pragma warning restore MA0022
    // Never under a caller's token: others wait for the same answer.
    private Task<Snapshot> Begin()
    {
        _underWay = Task.Run(Fetch);
        // Nobody may be waiting for it.
        _ = _underWay.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return _underWay;
    }

    private async Task<Snapshot> Fetch()
    {
        try
        {
            var keys = (await fetch()).Keys.Where(IsOurs).GroupBy(k => k.KeyId).ToDictionary(g => g.Key, SecurityKey (g) => g.First());
            if (keys.Count == 0) throw new GapuraException("invalid_answer", 200, "The issuer's key set holds no key.", "Is the issuer a Gapura server?");
            lock (_lock)
            {
                _underWay = null;
                return _known = new Snapshot(keys, time.GetUtcNow());
            }
        }
        catch (Exception e)
        {
            lock (_lock) (_underWay, _failedAt) = (null, time.GetUtcNow());
            throw e as GapuraException ?? new GapuraException("invalid_answer", null, "The issuer's keys cannot be read.", "Is the issuer a Gapura server?", e);
        }
    }

    // Access tokens are ES256, ID tokens RS256 or ES256; a symmetric key has no business in a public set.
    private static bool IsOurs(JsonWebKey key) =>
        !string.IsNullOrEmpty(key.KeyId) && key.Use is null or "sig" && ((key.Kty == "EC" && key.Crv == "P-256") || key.Kty == "RSA") && !key.HasPrivateKey;

    private sealed record Snapshot(IReadOnlyDictionary<string, SecurityKey> Keys, DateTimeOffset At);
}

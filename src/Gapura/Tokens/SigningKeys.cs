using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Keeper of signing keys, a row for each algorithm: published ahead, used, kept until the last token they signed has expired.</summary>
internal sealed class SigningKeys : IKeptFresh
{
    /// <summary>
    /// Between an operator's rotation and the first use. Whoever verifies keeps the key set for five minutes (Cache-Control
    /// of jwks.json). The node that wrote the time of first use may be five minutes slow and the one that signs five
    /// minutes fast, which leaves ten: twice what the caches need.
    /// </summary>
    public static readonly TimeSpan PublishedAhead = TimeSpan.FromMinutes(20);

    // What a key signed last expires at its last use and a token's life, whichever clock is asked. The node that serves the
    // key set may be five minutes fast, the API that fetches it five minutes slow and five minutes lenient.
    private static readonly TimeSpan KeptAfterLastToken = TimeSpan.FromMinutes(15);
    private readonly Dictionary<SigningAlgorithm, SealedKeys> _sealed;
    private readonly TimeProvider _time;
    private readonly Rotation _rotation;
    private readonly Snapshot<Dictionary<SigningAlgorithm, Loaded>> _snapshot;
    private volatile Standing? _now;

    public SigningKeys(Database database, MasterKey master, Revisions revisions, TokenOptions options, TimeProvider time)
    {
        _time = time;
        _rotation = new(Period: TimeSpan.FromDays(90), Lead: TimeSpan.FromDays(1), Afterlife: options.AccessTokenLifetime + KeptAfterLastToken);
        _sealed = SigningAlgorithm.All.ToDictionary(a => a, a => new SealedKeys(database, master, time, a.Purpose, _rotation, a.NewPkcs8));
        _snapshot = new(revisions, Topic.Keys, Load);
    }

    /// <summary>The one that signs now.</summary>
    public SigningKey Current(SigningAlgorithm algorithm) => Now.Keys[algorithm].Current;

    /// <summary>Everything of an algorithm that somebody may have to verify with, now or soon.</summary>
    public IReadOnlyList<SigningKey> Published(SigningAlgorithm algorithm) => Now.Keys[algorithm].Published;

    /// <summary>All of them, retired ones too, which are kept a day: whoever signs out shows a token of this morning.</summary>
    public IEnumerable<SigningKey> Kept => _snapshot.Value.Values.SelectMany(row => row.Made.Values);

    public Task Refresh(CancellationToken ct) => _snapshot.Refresh(ct);

    public async Task RotateWhenDue(CancellationToken ct)
    {
        foreach (var row in _sealed.Values) await row.RotateWhenDue(ct);
    }

    /// <summary>An operator's rotation, ahead of time.</summary>
    /// <param name="atOnce">Skip the publishing ahead: for a key that is feared lost. APIs that cache the key set may refuse tokens for minutes.</param>
    /// <returns>The number of the new key.</returns>
    public Task<long> Rotate(SigningAlgorithm algorithm, bool atOnce, CancellationToken ct) =>
        _sealed[algorithm].Rotate(_time.GetUtcNow() + (atOnce ? TimeSpan.Zero : PublishedAhead), ct);

    /// <summary>All keys there are of an algorithm, oldest first, with the state each is in.</summary>
    public async Task<IReadOnlyList<(SealedKey Key, SigningKey Made, SigningKeyState State)>> List(SigningAlgorithm algorithm, CancellationToken ct)
    {
        var (keys, made) = await Load(algorithm, ct);
        var now = _time.GetUtcNow();
        var accepted = _rotation.Accepted(keys, now).Select(k => k.Number).ToHashSet();
        return
        [
            .. keys.Select(k => (k, made[k.Number],
                !accepted.Contains(k.Number) ? SigningKeyState.Retired
                : k.UsedFrom > now ? SigningKeyState.Published
                : k == Rotation.Current(keys, now) ? SigningKeyState.Signing : SigningKeyState.Verifying)),
        ];
    }

    // Made anew only when it changes: when a key came, and when a key's time begins or ends.
    private Standing Now
    {
        get
        {
            var (loaded, now) = (_snapshot.Value, _time.GetUtcNow());
            if (_now is { } known && ReferenceEquals(known.Of, loaded) && known.From <= now && now < known.Until) return known;
            return _now = At(loaded, now);
        }
    }

    private Standing At(Dictionary<SigningAlgorithm, Loaded> loaded, DateTimeOffset now) =>
        new(loaded, now, loaded.Values.Min(row => _rotation.NextChange(row.Keys, now)), loaded.ToDictionary(row => row.Key, row => At(row.Value, now)));

    private Usable At(Loaded row, DateTimeOffset now) =>
        new(row.Made[Rotation.Current(row.Keys, now).Number], [.. _rotation.Accepted(row.Keys, now).Select(k => row.Made[k.Number])]);

    private async Task<Dictionary<SigningAlgorithm, Loaded>> Load(CancellationToken ct)
    {
        Dictionary<SigningAlgorithm, Loaded> all = [];
        foreach (var algorithm in SigningAlgorithm.All) all[algorithm] = await Load(algorithm, ct);
        return all;
    }

    private async Task<Loaded> Load(SigningAlgorithm algorithm, CancellationToken ct)
    {
        var keys = await _sealed[algorithm].Load(ct);
        return new Loaded(keys, keys.ToDictionary(k => k.Number, k => algorithm.Open(k.Material)));
    }

    private sealed record Standing(Dictionary<SigningAlgorithm, Loaded> Of, DateTimeOffset From, DateTimeOffset Until, Dictionary<SigningAlgorithm, Usable> Keys);

    private sealed record Usable(SigningKey Current, SigningKey[] Published);

    private sealed record Loaded(IReadOnlyList<SealedKey> Keys, Dictionary<long, SigningKey> Made);
}

/// <summary>Published: known, not used yet. Signing: the one. Verifying: its tokens may still be about. Retired: no more.</summary>
internal enum SigningKeyState
{
    Published,
    Signing,
    Verifying,
    Retired,
}

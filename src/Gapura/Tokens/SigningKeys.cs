using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>Keeper of signing keys: published ahead, used, kept until the last token they signed has expired.</summary>
internal sealed class SigningKeys : IKeptFresh
{
    // Resource APIs keep the key set for five minutes (Cache-Control of jwks.json): a key is known twice that long before its use.
    public static readonly TimeSpan PublishedAhead = TimeSpan.FromMinutes(10);
    private readonly SealedKeys _keys;
    private readonly TimeProvider _time;
    private readonly Rotation _rotation;
    private readonly Snapshot<Loaded> _snapshot;

    public SigningKeys(Database database, MasterKey master, Revisions revisions, TokenOptions options, TimeProvider time)
    {
        _time = time;
        _rotation = new(Period: TimeSpan.FromDays(90), Lead: TimeSpan.FromDays(1), Afterlife: options.AccessTokenLifetime + TimeSpan.FromMinutes(5));
        _keys = new SealedKeys(database, master, time, "signing", _rotation, SigningKey.NewPkcs8);
        _snapshot = new(revisions, Topic.Keys, Load);
    }

    /// <summary>The one that signs now.</summary>
    public SigningKey Current
    {
        get
        {
            var (keys, made) = _snapshot.Value;
            return made[Rotation.Current(keys, _time.GetUtcNow()).Number];
        }
    }

    /// <summary>Everything a resource API may have to verify with, now or soon.</summary>
    public IEnumerable<SigningKey> Published
    {
        get
        {
            var (keys, made) = _snapshot.Value;
            return _rotation.Accepted(keys, _time.GetUtcNow()).Select(k => made[k.Number]);
        }
    }

    /// <summary>All of them, retired ones too, which are kept a day: whoever signs out shows a token of this morning.</summary>
    public IEnumerable<SigningKey> Kept => _snapshot.Value.Made.Values;

    public SigningKey? Find(string id) => Published.FirstOrDefault(k => k.Id == id);

    public Task Refresh(CancellationToken ct) => _snapshot.Refresh(ct);

    public Task RotateWhenDue(CancellationToken ct) => _keys.RotateWhenDue(ct);

    /// <summary>An operator's rotation, ahead of time.</summary>
    /// <param name="atOnce">Skip the publishing ahead: for a key that is feared lost. APIs that cache the key set may refuse tokens for minutes.</param>
    public Task<long> Rotate(bool atOnce, CancellationToken ct) => _keys.Rotate(_time.GetUtcNow() + (atOnce ? TimeSpan.Zero : PublishedAhead), ct);

    /// <summary>All keys there are, oldest first, with the state each is in.</summary>
    public async Task<IReadOnlyList<(SealedKey Key, SigningKey Made, SigningKeyState State)>> List(CancellationToken ct)
    {
        var (keys, made) = await Load(ct);
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

    private async Task<Loaded> Load(CancellationToken ct)
    {
        var keys = await _keys.Load(ct);
        return new Loaded(keys, keys.ToDictionary(k => k.Number, k => new SigningKey(k.Material)));
    }

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

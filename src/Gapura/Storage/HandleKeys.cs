using System.Security.Cryptography;
using Gapura.Kernel;

namespace Gapura.Storage;

/// <summary>The keys behind every handle, in memory: issuing and refusing a handle touch no store.</summary>
internal sealed class HandleKeys : IKeptFresh
{
    // No handle lives longer: options are held to it when the server starts.
    public static readonly TimeSpan LongestHandleLifetime = TimeSpan.FromHours(24);

    /// <summary>What its sealed keys are for, in the database.</summary>
    public const string Purpose = "handle";
    private static readonly Rotation Rotation = new(Period: TimeSpan.FromDays(30), Lead: TimeSpan.FromMinutes(5), Afterlife: LongestHandleLifetime + TimeSpan.FromMinutes(5));
    private readonly SealedKeys _keys;
    private readonly TimeProvider _time;
    private readonly Snapshot<Loaded> _snapshot;

    public HandleKeys(Database database, MasterKey master, Revisions revisions, TimeProvider time)
    {
        _time = time;
        _keys = new SealedKeys(database, master, time, Purpose, Rotation, () => RandomNumberGenerator.GetBytes(32));
        _snapshot = new(revisions, Topic.Keys, Load);
    }

    public HandleKeyRing Ring
    {
        get
        {
            var (keys, made) = _snapshot.Value;
            var now = _time.GetUtcNow();
            return new HandleKeyRing(made[Rotation.Current(keys, now).Number], [.. Rotation.Accepted(keys, now).Select(k => made[k.Number])]);
        }
    }

    public Task Refresh(CancellationToken ct) => _snapshot.Refresh(ct);

    public Task RotateWhenDue(CancellationToken ct) => _keys.RotateWhenDue(ct);

    // The byte in the handle is the number's last eight bits: of 256 keys in a row at most three are accepted at once.
    private async Task<Loaded> Load(CancellationToken ct)
    {
        var keys = await _keys.Load(ct);
        return new Loaded(keys, keys.ToDictionary(k => k.Number, k => new HandleKey((byte)k.Number, k.Material)));
    }

    private sealed record Loaded(IReadOnlyList<SealedKey> Keys, Dictionary<long, HandleKey> Made);
}

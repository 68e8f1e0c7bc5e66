using System.Buffers.Text;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Devices;

/// <summary>The key pair by which push services know this installation. It never changes: every subscription is bound to it.</summary>
internal sealed class PushKeys : IKeptFresh
{
    private static readonly Rotation Never = new(Period: TimeSpan.FromDays(366_000), Lead: TimeSpan.Zero, Afterlife: TimeSpan.FromDays(366_000));
    private readonly SealedKeys _keys;
    private readonly Snapshot<EcSigningKey> _snapshot;

    public PushKeys(Database database, MasterKey master, Revisions revisions, TimeProvider time)
    {
        _keys = new SealedKeys(database, master, time, "push", Never, EcSigningKey.NewPkcs8);
        _snapshot = new(revisions, Topic.Keys, Load);
    }

    public EcSigningKey Key => _snapshot.Value;

    /// <summary>base64url of the uncompressed point, 65 bytes (RFC 8292 section 3.2).</summary>
    public string PublicKey => PublicKeyOf(Key);

    public Task Refresh(CancellationToken ct) => _snapshot.Refresh(ct);

    public Task RotateWhenDue(CancellationToken ct) => _keys.RotateWhenDue(ct);

    public static string PublicKeyOf(EcSigningKey key) => Base64Url.EncodeToString([4, .. Base64Url.DecodeFromChars(key.X), .. Base64Url.DecodeFromChars(key.Y)]);

    private async Task<EcSigningKey> Load(CancellationToken ct) => new((await _keys.Load(ct))[0].Material);
}

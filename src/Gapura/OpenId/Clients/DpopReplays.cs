using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gapura.OpenId.Clients;

/// <summary>
/// Proofs that were used, as long as they could be used again: in the memory of this node alone, up to 131,072 in 2 MiB. A
/// flood of true proofs pushes the oldest out; another node does not know of them. Either way a replayed proof needs the
/// token, or the code and its verifier, beside it.
/// </summary>
internal sealed class DpopReplays(TimeProvider time)
{
    private const int Shelves = 8_192;
    private const int Places = 16;

    // A proof with a nonce is good until the nonce is not, and one without for a shorter while.
    private static readonly TimeSpan Kept = DpopNonces.Lifetime;

    // Keyed, so that nobody can choose which shelf is filled.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly (ulong Mark, long Until)[] _used = new (ulong, long)[Shelves * Places];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <returns>False when this key has used this id before.</returns>
    public bool TryAdd(string thumbprint, string id)
    {
        var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{thumbprint}\n{id}"));
        var mark = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        var shelf = (int)(BinaryPrimitives.ReadUInt32LittleEndian(hash.AsSpan(8)) % Shelves);
        var now = time.GetUtcNow();
        lock (_locks[shelf % _locks.Length])
        {
            var places = _used.AsSpan(shelf * Places, Places);
            var oldest = 0;
            for (var i = 0; i < Places; i++)
            {
                if (places[i].Mark == mark && places[i].Until > now.UtcTicks) return false;
                if (places[i].Until < places[oldest].Until) oldest = i;
            }

            places[oldest] = (mark, (now + Kept).UtcTicks);
            return true;
        }
    }
}

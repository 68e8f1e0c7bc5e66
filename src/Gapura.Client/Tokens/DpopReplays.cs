using System.Security.Cryptography;
using System.Text;

namespace Gapura.Client.Tokens;

/// <summary>
/// Proofs that were used, as long as they could be used again: in this process's memory, 65,536 at most. A flood of true
/// proofs pushes the oldest out, and another instance of the API does not know of them: a replayed proof still needs the
/// token beside it, and is for the same method and address.
/// </summary>
internal sealed class DpopReplays(TimeProvider time)
{
    private const int Most = 65_536;
    private static readonly TimeSpan Kept = 2 * DpopProofs.Window + TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _used = [];
    private readonly Queue<(UInt128 Mark, DateTimeOffset Until)> _order = new();

    /// <returns>False when this key has used this id before.</returns>
    public bool TryAdd(string thumbprint, string id)
    {
        var mark = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{thumbprint}\n{id}")));
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_order.TryPeek(out var oldest) && (oldest.Until < now || _order.Count >= Most)) _used.Remove(_order.Dequeue().Mark);
            if (!_used.Add(mark)) return false;
            _order.Enqueue((mark, now + Kept));
            return true;
        }
    }
}

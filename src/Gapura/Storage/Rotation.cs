namespace Gapura.Storage;

/// <summary>When a kind of key is replaced. The rule holds no clock and no store.</summary>
/// <param name="Period">How long a key is used.</param>
/// <param name="Lead">How long before its first use a key is known to everybody.</param>
/// <param name="Afterlife">How long after its last use what it made may still be shown.</param>
internal sealed record Rotation(TimeSpan Period, TimeSpan Lead, TimeSpan Afterlife)
{
    /// <summary>When the next key is to be used from, or null while none is due.</summary>
    public DateTimeOffset? NextUse(IReadOnlyList<SealedKey> keys, DateTimeOffset now)
    {
        if (keys.Count == 0) return now;
        var due = keys[^1].UsedFrom + Period;
        if (due - Lead > now) return null;
        // A server that was off for long must still publish before it uses.
        return due > now + Lead ? due : now + Lead;
    }

    /// <summary>The newest key whose time has come. Keys are in the order they were made.</summary>
    public static SealedKey Current(IReadOnlyList<SealedKey> keys, DateTimeOffset now) =>
        keys.LastOrDefault(k => k.UsedFrom <= now) ?? keys[0];

    /// <summary>Until when <see cref="Current"/> and <see cref="Accepted"/> say the same as now.</summary>
    public DateTimeOffset NextChange(IReadOnlyList<SealedKey> keys, DateTimeOffset now) =>
        keys.SelectMany(k => (DateTimeOffset[])[k.UsedFrom, k.UsedFrom + Afterlife]).Where(at => at > now).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    /// <summary>
    /// Keys that may still be met, those published ahead included. Any later key ends an earlier one, not only the next:
    /// an operator's rotation may be used before the key that was published ahead of it.
    /// </summary>
    public IEnumerable<SealedKey> Accepted(IReadOnlyList<SealedKey> keys, DateTimeOffset now) =>
        keys.Where((_, i) => keys.Skip(i + 1).All(later => later.UsedFrom + Afterlife > now));
}

/// <summary>A key of the database, opened.</summary>
/// <param name="Number">Counts up from 1 for each purpose.</param>
/// <param name="Material">What the purpose says: 32 random bytes, a PKCS #8 private key.</param>
internal sealed record SealedKey(long Number, DateTimeOffset CreatedAt, DateTimeOffset UsedFrom, byte[] Material);

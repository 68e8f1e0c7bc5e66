namespace Gapura.Storage;

/// <summary>
/// The clock that nodes share: their own, moved by as much as it differs from the database's. What one node dates, every
/// other reads as it was meant, however wrong the clocks of their machines are.
/// </summary>
internal sealed class StoreClock(TimeProvider own, Database database) : TimeProvider, IKeptFresh
{
    private long _milliseconds;

    /// <summary>The clock for what is kept in this database.</summary>
    public static async Task<TimeProvider> Of(Database database, TimeProvider own, CancellationToken ct)
    {
        if (database.ClockQuery is null) return own;
        var clock = new StoreClock(own, database);
        await clock.Refresh(ct);
        return clock;
    }

    public override DateTimeOffset GetUtcNow() => own.GetUtcNow().AddMilliseconds(Interlocked.Read(ref _milliseconds));

    public async Task Refresh(CancellationToken ct)
    {
        var before = own.GetUtcNow();
        var theirs = DateTimeOffset.FromUnixTimeMilliseconds(await database.Read(sql => sql.Value<long>(database.ClockQuery!), ct));
        var after = own.GetUtcNow();
        Interlocked.Exchange(ref _milliseconds, Nearest(Interlocked.Read(ref _milliseconds), before, theirs, after));
    }

    /// <summary>
    /// The database read its clock somewhere between the question and the answer. As long as the difference in use fits
    /// that, it stays; a clock that went to and fro with every answer would be a bad one.
    /// </summary>
    /// <returns>Milliseconds to add to one's own clock.</returns>
    internal static long Nearest(long used, DateTimeOffset before, DateTimeOffset theirs, DateTimeOffset after)
    {
        var least = (long)(theirs - after).TotalMilliseconds - 1;
        var most = (long)(theirs - before).TotalMilliseconds + 1;

        // One's own clock was set in between: nothing can be said this time.
        return least > most ? used : Math.Clamp(used, least, most);
    }
}

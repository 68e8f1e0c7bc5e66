using Gapura.Storage;

namespace Gapura.Accounts;

/// <summary>Keeper of the counters of failed sign-ins. Counted before the password is tried, so that parallel guesses do not slip by.</summary>
internal sealed class Failures(Database database, TimeProvider time) : ISwept
{
    /// <param name="throttles">From the narrowest to the widest: everybody takes their rows in the same order, so nobody waits in a ring.</param>
    /// <returns>Null when the attempt may go ahead, else how long until it may.</returns>
    public async Task<TimeSpan?> Count(IReadOnlyList<Throttle> throttles, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await database.Write(async sql =>
        {
            foreach (var throttle in throttles)
            {
                var row = await sql.Row<Row>("""
                    INSERT INTO throttles (key, window_ends_at, failures) VALUES (@Key, @End, 1)
                    ON CONFLICT (key) DO UPDATE SET
                        failures = CASE WHEN throttles.window_ends_at <= @Now THEN 1 ELSE throttles.failures + 1 END,
                        window_ends_at = CASE WHEN throttles.window_ends_at <= @Now THEN @End ELSE throttles.window_ends_at END
                    RETURNING failures AS Failures, window_ends_at AS WindowEndsAt
                    """, new { throttle.Key, End = (now + throttle.Window).ToUnixTimeMilliseconds(), Now = now.ToUnixTimeMilliseconds() });

                // What one counter stopped is no guess: were it to count on the next, one network alone could fill the account's.
                if (row!.Failures > throttle.Most) return DateTimeOffset.FromUnixTimeMilliseconds(row.WindowEndsAt) - now;
            }

            return (TimeSpan?)null;
        }, ct);
    }

    /// <summary>The attempt was right after all: it counts for nothing, and its own pair or browser starts afresh.</summary>
    public async Task Forgive(SqlSession sql, IReadOnlyList<Throttle> throttles)
    {
        await sql.Send("UPDATE throttles SET failures = 0 WHERE key = @Key", new { throttles[0].Key });
        foreach (var wider in throttles.Skip(1))
            await sql.Send("UPDATE throttles SET failures = failures - 1 WHERE key = @Key AND failures > 0", new { wider.Key });
    }

    /// <summary>This one attempt was none. What was counted before it stays: a right guess must not buy more wrong ones.</summary>
    public async Task TakeBack(SqlSession sql, IReadOnlyList<Throttle> throttles)
    {
        foreach (var throttle in throttles)
            await sql.Send("UPDATE throttles SET failures = failures - 1 WHERE key = @Key AND failures > 0", new { throttle.Key });
    }

    public Task Sweep(DateTimeOffset now, CancellationToken ct) =>
        database.Sweep("throttles", "key", "window_ends_at < @now", new { now = now.ToUnixTimeMilliseconds() }, ct);

    private sealed class Row
    {
        public long Failures { get; init; }

        public long WindowEndsAt { get; init; }
    }
}

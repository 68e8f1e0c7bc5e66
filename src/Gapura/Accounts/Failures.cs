using Gapura.Storage;

namespace Gapura.Accounts;

/// <summary>Keeper of the counters of failed sign-ins. Counted before the password is tried, so that parallel guesses do not slip by.</summary>
internal sealed class Failures(Database database, TimeProvider time) : ISwept
{
    /// <returns>Null when the attempt may go ahead, else how long until it may.</returns>
    public async Task<TimeSpan?> Count(IReadOnlyList<Throttle> throttles, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await database.Write(async sql =>
        {
            TimeSpan? wait = null;
            foreach (var throttle in throttles)
            {
                var row = await sql.Row<Row>("""
                    INSERT INTO throttles (key, window_ends_at, failures) VALUES (@Key, @End, 1)
                    ON CONFLICT (key) DO UPDATE SET
                        failures = CASE WHEN throttles.window_ends_at <= @Now THEN 1 ELSE throttles.failures + 1 END,
                        window_ends_at = CASE WHEN throttles.window_ends_at <= @Now THEN @End ELSE throttles.window_ends_at END
                    RETURNING failures AS Failures, window_ends_at AS WindowEndsAt
                    """, new { throttle.Key, End = (now + throttle.Window).ToUnixTimeMilliseconds(), Now = now.ToUnixTimeMilliseconds() });
                var left = DateTimeOffset.FromUnixTimeMilliseconds(row!.WindowEndsAt) - now;
                if (row.Failures > throttle.Most && (wait is null || left > wait)) wait = left;
            }

            return wait;
        }, ct);
    }

    /// <summary>The attempt was right after all: it counts for nothing, and its own pair or browser starts afresh.</summary>
    public Task Forgive(SqlSession sql, IReadOnlyList<Throttle> throttles) => sql.Execute(
        "UPDATE throttles SET failures = CASE WHEN key = @first THEN 0 ELSE failures - 1 END WHERE key IN (@first, @second, @third) AND failures > 0",
        new { first = throttles[0].Key, second = throttles.ElementAtOrDefault(1)?.Key ?? "", third = throttles.ElementAtOrDefault(2)?.Key ?? "" });

    public Task Sweep(DateTimeOffset now, CancellationToken ct) =>
        database.Write(sql => sql.Execute("DELETE FROM throttles WHERE window_ends_at < @now", new { now = now.ToUnixTimeMilliseconds() }), ct);

    private sealed class Row
    {
        public long Failures { get; init; }

        public long WindowEndsAt { get; init; }
    }
}

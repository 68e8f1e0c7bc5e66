using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Sessions;

/// <summary>Keeper of which browsers have signed in as whom before.</summary>
internal sealed class FamiliarBrowsers(Database database, TimeProvider time) : ISwept
{
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(180);

    /// <returns>What stands for the browser in a throttle's key, or null when it is a stranger to the account.</returns>
    public async Task<string?> As(Secret? browser, string accountId, CancellationToken ct) =>
        browser?.Hash() is { } hash && await Knows(hash, accountId, ct) ? Convert.ToHexStringLower(hash) : null;

    /// <param name="hash">Of a browser's secret; null for a browser without one.</param>
    public async Task<bool> Knows(byte[]? hash, string accountId, CancellationToken ct) =>
        hash is not null && await database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM familiar_browsers WHERE hash = @hash AND account_id = @accountId", new { hash, accountId }), ct) == 1;

    public Task Note(SqlSession sql, Secret browser, string accountId) => sql.Send("""
        INSERT INTO familiar_browsers (hash, account_id, seen_at) VALUES (@hash, @accountId, @now)
        ON CONFLICT (hash, account_id) DO UPDATE SET seen_at = @now
        """, new { hash = browser.Hash(), accountId, now = time.GetUtcNow().ToUnixTimeMilliseconds() });

    public Task Sweep(DateTimeOffset now, CancellationToken ct) =>
        database.Sweep("familiar_browsers", "hash, account_id", "seen_at < @old", new { old = (now - ForgottenAfter).ToUnixTimeMilliseconds() }, ct);
}

using Gapura.Storage;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>Whether a poll comes in time, and what it finds: the same for a device and for a platform that asked a phone.</summary>
internal static class Polling
{
    public const int Interval = 5;

    // A poll that set out on time may arrive before its time.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(1);

    /// <summary>Notes the poll, in one statement: of many at once, one is in time.</summary>
    /// <param name="table">With the columns <c>hash</c>, <c>client_id</c>, <c>poll_interval</c> (seconds) and <c>next_poll_at</c>.</param>
    /// <returns>Null when it is in time; the row is this transaction's then.</returns>
    public static async Task<Poll?> Arrive(SqlSession sql, string table, byte[] hash, string clientId, long now)
    {
        var key = new { hash, clientId, now, leeway = (long)Leeway.TotalMilliseconds };
        if (await sql.Execute($"UPDATE {table} SET next_poll_at = @now + poll_interval * 1000 - @leeway WHERE hash = @hash AND client_id = @clientId AND next_poll_at <= @now", key) == 1) return null;
        var isHasty = await sql.Execute($"""
            UPDATE {table} SET poll_interval = poll_interval + 5, next_poll_at = @now + (poll_interval + 5) * 1000 - @leeway WHERE hash = @hash AND client_id = @clientId
            """, key) == 1;
        return isHasty ? new Poll.Hasty() : new Poll.Unknown();
    }

    /// <param name="state"><c>waiting</c>, <c>approved</c>, <c>denied</c> or <c>collected</c>.</param>
    /// <param name="late">How long it has expired; below zero before that.</param>
    /// <param name="fetched">How long after that what was allowed is still fetched.</param>
    /// <returns>Null when there is something to deliver.</returns>
    public static Poll? Find(string state, TimeSpan late, TimeSpan fetched) => state switch
    {
        "waiting" => late < TimeSpan.Zero ? new Poll.Pending() : new Poll.Expired(),
        "denied" => new Poll.Denied(),
        "approved" => late < fetched ? null : new Poll.Expired(),
        _ => new Poll.Unknown(),
    };
}

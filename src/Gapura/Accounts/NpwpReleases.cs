using System.Collections.Concurrent;
using Gapura.Storage;

namespace Gapura.Accounts;

/// <summary>
/// Keeper of who was told a person's tax number, and when. The first time of a day is written before it is told; what
/// this process has written is remembered, so that the next thousand times that day cost no question to the store.
/// </summary>
internal sealed class NpwpReleases(Database database, TimeProvider time) : ISwept
{
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(2 * 365);

    // What is forgotten here is written once more, to no effect: the bound costs a statement and loses nothing.
    private const int MostKnown = 100_000;

    private readonly ConcurrentDictionary<Told, byte> _known = new();

    /// <summary>Returns once it is durable; at once where it was written before.</summary>
    /// <param name="account">Nothing is told of one that has no number, and nothing is written.</param>
    public Task Note(Account account, string clientId, NpwpWay way, CancellationToken ct) =>
        account.Npwp is null ? Task.CompletedTask : Note(account.Id, clientId, way, ct);

    /// <summary>The same of somebody who has a number.</summary>
    public Task Note(string accountId, string clientId, NpwpWay way, CancellationToken ct) =>
        _known.ContainsKey(Today(accountId, clientId, way)) ? Task.CompletedTask : database.Write(sql => Note(sql, accountId, clientId, way), ct);

    /// <summary>The same within the transaction that decides whether it is told at all.</summary>
    public Task Note(SqlSession sql, Account account, string clientId, NpwpWay way) => account.Npwp is null ? Task.CompletedTask : Note(sql, account.Id, clientId, way);

    private async Task Note(SqlSession sql, string accountId, string clientId, NpwpWay way)
    {
        var told = Today(accountId, clientId, way);
        if (_known.ContainsKey(told)) return;
        await sql.Send("""
            INSERT INTO npwp_releases (account_id, client_id, way, day, released_at) VALUES (@AccountId, @ClientId, @way, @Day, @now)
            ON CONFLICT (account_id, client_id, way, day) DO NOTHING
            """, new { told.AccountId, told.ClientId, way = way.ToString(), told.Day, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        sql.AfterCommit(() => Know(told));
    }

    /// <summary>Everybody who was told, whoever was told last first.</summary>
    public async Task<IReadOnlyList<NpwpRelease>> Of(string accountId, CancellationToken ct) => [.. (await database.Read(sql => sql.Rows<Row>("""
        SELECT client_id AS ClientId, way AS Way, MIN(released_at) AS First, MAX(released_at) AS Last
        FROM npwp_releases WHERE account_id = @accountId GROUP BY client_id, way ORDER BY MAX(released_at) DESC, client_id, way
        """, new { accountId }), ct)).Select(r => r.Release())];

    public Task Sweep(DateTimeOffset now, CancellationToken ct) => database.Write(
        sql => sql.Execute("DELETE FROM npwp_releases WHERE released_at < @old", new { old = (now - Remembered).ToUnixTimeMilliseconds() }), ct);

    // A day of the capital, as the page shows it.
    private Told Today(string accountId, string clientId, NpwpWay way) => new(accountId, clientId, way, (long)(time.GetUtcNow() + TimeSpan.FromHours(7) - DateTimeOffset.UnixEpoch).TotalDays);

    private void Know(Told told)
    {
        if (_known.Count >= MostKnown) _known.Clear();
        _known[told] = 0;
    }

    private readonly record struct Told(string AccountId, string ClientId, NpwpWay Way, long Day);

    private sealed class Row
    {
        public string ClientId { get; init; } = "";

        public string Way { get; init; } = "";

        public long First { get; init; }

        public long Last { get; init; }

        public NpwpRelease Release() => new(ClientId, Enum.Parse<NpwpWay>(Way), DateTimeOffset.FromUnixTimeMilliseconds(First), DateTimeOffset.FromUnixTimeMilliseconds(Last));
    }
}

using System.Runtime.CompilerServices;
using Gapura.Kernel;

namespace Gapura.Storage;

/// <summary>Keeper of ceremonies. Every move is one statement that names the state it moves from, never a read and then a write.</summary>
internal sealed class Ceremonies(Database database, Bells bells, TimeProvider time) : IKeptFresh, ISwept
{
    public const int MostTries = 3;

    // What was scanned and is over, or was denied: a fresh code of the same screen may take its place, the same code never.
    private const string MayBeReplaced = """
        ceremonies.handle <> excluded.handle AND (ceremonies.state = 'Denied' OR (ceremonies.state = 'Scanned' AND ceremonies.expires_at <= excluded.decided_at))
        """;

    // Written out once: a statement that stays the same text stays compiled.
    private static readonly Dictionary<(bool Matched, bool Unscanned), string> ApprovalBy = new()
    {
        [(false, false)] = Approval(matched: false, unscanned: false), [(true, false)] = Approval(matched: true, unscanned: false),
        [(false, true)] = Approval(matched: false, unscanned: true), [(true, true)] = Approval(matched: true, unscanned: true),
    };

    private const string Scanning = $"""
        {CeremonyRow.Insert}
        ON CONFLICT (key) DO UPDATE SET {CeremonyRow.Replace}
        WHERE ({MayBeReplaced}) OR (ceremonies.handle <> excluded.handle AND ceremonies.state = 'Scanned' AND ceremonies.device_id = excluded.device_id)
        """;

    // Later than the move before, whatever the clock says: another node tells a new move from an old one by its instant.
    private const string MovesNow = "decided_at = CASE WHEN decided_at >= @now THEN decided_at + 1 ELSE @now END";

    private readonly DecidedKeys _known = new();
    private DateTimeOffset? _lookedAt;
    private int _looks;
    private int _longLooks;

    /// <summary>After the commit of a move of this node's.</summary>
    public Action<Move>? Moved { get; set; }

    /// <summary>Whether the other nodes tell this one of their moves: looking is then for what was lost on the way.</summary>
    public bool IsTold { get; set; }

    /// <summary>Whether anything is known under this key. Answered from memory: most keys were never heard of.</summary>
    public bool MayHold(string key) => _known.Contains(key);

    /// <returns>False when the key has been used before: nothing was written.</returns>
    public Task<bool> TryAdd(SqlSession sql, Ceremony ceremony) => Apply(sql, ceremony, $"{CeremonyRow.Insert} ON CONFLICT (key) DO NOTHING");

    /// <summary>Binds a handle to the phone that scanned it first.</summary>
    /// <param name="otherwise">When something else holds the key; the same phone with the same handle does so too.</param>
    /// <exception cref="OvertakenException">With that, from here or from the end of the work.</exception>
    public Task Scan(SqlSession sql, Ceremony ceremony, Refusal otherwise) => Require(sql, ceremony, Scanning, otherwise);

    /// <summary>Says yes: for the phone that scanned, once what was asked for is confirmed; or for one that never scanned.</summary>
    /// <param name="matched">The digits picked on the phone are those on the screen.</param>
    /// <param name="unscanned">Whether a phone may say yes to a handle that nobody has scanned.</param>
    /// <param name="otherwise">When the state it moves from is no longer there.</param>
    /// <exception cref="OvertakenException">With that, from here or from the end of the work.</exception>
    public Task Approve(SqlSession sql, Ceremony ceremony, bool matched, bool unscanned, Refusal otherwise) => Require(sql, ceremony, ApprovalBy[(matched, unscanned)], otherwise);

    /// <summary>Uses up one try at the code before anybody looks whether it is right, so that guesses at once do not slip by.</summary>
    /// <returns>What it is now; null when there is no code to be typed, or no try left.</returns>
    public Task<Ceremony?> Try(SqlSession sql, string key, string handle) => Move(sql, key, $"""
        tries = tries + 1, {MovesNow}
        WHERE key = @key AND handle = @handle AND state = 'Scanned' AND confirmation = 'Type' AND confirmed_at IS NULL AND tries < @MostTries AND expires_at > @now
        """, new { key, handle, now = Now, MostTries });

    public Task<Ceremony?> Confirm(SqlSession sql, string key, string handle) => Move(sql, key,
        $"confirmed_at = @now, {MovesNow} WHERE key = @key AND handle = @handle AND state = 'Scanned'", new { key, handle, now = Now });

    /// <summary>Says no to what was scanned and not yet decided.</summary>
    public Task<Ceremony?> Deny(SqlSession sql, string key, string handle, string deviceId, string because) => Move(sql, key, $"""
        state = 'Denied', denied_because = @because, {MovesNow}
        WHERE key = @key AND handle = @handle AND device_id = @deviceId AND state = 'Scanned' AND expires_at > @now
        """, new { key, handle, deviceId, because, now = Now });

    /// <summary>Hands an approved ceremony to its one collector.</summary>
    /// <param name="approved">As it was found.</param>
    /// <param name="otherwise">When it was collected meanwhile, or its time is over.</param>
    /// <exception cref="OvertakenException">With that, from here or from the end of the work.</exception>
    public Task Take(SqlSession sql, Ceremony approved, Refusal otherwise)
    {
        var (now, movedAt) = (Now, Math.Max(Now, approved.MovedAt.ToUnixTimeMilliseconds() + 1));
        Tell(sql, approved.Key, approved.KeepUntil.ToUnixTimeMilliseconds(), movedAt);
        return sql.Require("""
            UPDATE ceremonies SET state = 'Collected', collected_at = @now, decided_at = @movedAt
            WHERE key = @Key AND grant_id = @GrantId AND state = 'Approved' AND collect_until > @now
            """, new { approved.Key, approved.GrantId, now, movedAt }, () => new OvertakenException(otherwise));
    }

    public async Task<Ceremony?> Find(string key, CancellationToken ct)
    {
        var row = await database.Read(sql => sql.Row<CeremonyRow>($"SELECT {CeremonyRow.Columns} FROM ceremonies WHERE key = @key", new { key }), ct);
        return row?.Ceremony();
    }

    /// <summary>What is known under a key, for those who have proved something: a shared store is asked even if this node has not heard of it yet.</summary>
    public async Task<Ceremony?> Known(string key, CancellationToken ct) => MayHold(key) || database.IsShared ? await Find(key, ct) : null;

    /// <summary>Learns what happened before this process began and, where there are other nodes, what moves there.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        if (_lookedAt is not null && (!database.IsShared || (IsTold && _looks++ % 4 != 0))) return;
        var now = time.GetUtcNow();
        // From before the last look that succeeded: a transaction may commit a little after the instant it carries, and a
        // node that was cut off for a while must still hear of what the others decided meanwhile. The long look back reads
        // everything again, so it is every eighth.
        var since = _lookedAt?.AddSeconds(_longLooks++ % 8 == 0 ? -10 : -2).ToUnixTimeMilliseconds() ?? 0;
        await foreach (var row in Since(since, ct)) Hear(new Move(row.Key, row.KeepUntil, row.MovedAt));
        _lookedAt = now;
    }

    /// <summary>Learns of a move, from whomever; wakes those who wait when it is news.</summary>
    public void Hear(Move move)
    {
        if (_known.Add(move.Key, move.KeepUntil, move.MovedAt)) bells.Ring(move.Key);
    }

    public async Task Sweep(DateTimeOffset now, CancellationToken ct)
    {
        _known.Forget(now);
        await database.Sweep("ceremonies", "key", "keep_until < @now", new { now = now.ToUnixTimeMilliseconds() }, ct);
    }

    // An hour of a whole country's sign-ins is read a few at a time when a node starts.
    private async IAsyncEnumerable<MoveRow> Since(long since, [EnumeratorCancellation] CancellationToken ct)
    {
        const int AtOnce = 20_000;
        var page = await database.Read(sql => sql.Rows<MoveRow>($"SELECT key AS Key, keep_until AS KeepUntil, decided_at AS MovedAt FROM ceremonies WHERE decided_at >= @since ORDER BY decided_at, key LIMIT {AtOnce}", new { since }), ct);
        while (true)
        {
            foreach (var row in page) yield return row;
            if (page.Count < AtOnce) yield break;
            var last = page[^1];
            page = await database.Read(sql => sql.Rows<MoveRow>(
                $"SELECT key AS Key, keep_until AS KeepUntil, decided_at AS MovedAt FROM ceremonies WHERE decided_at >= @MovedAt AND (decided_at > @MovedAt OR key > @Key) ORDER BY decided_at, key LIMIT {AtOnce}", new { last.MovedAt, last.Key }), ct);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Approval(bool matched, bool unscanned)
    {
        var scannedByIt = $"""
            ceremonies.state = 'Scanned' AND ceremonies.handle = @Handle AND ceremonies.device_id = @DeviceId AND ceremonies.expires_at > @MovedAt
            AND (ceremonies.confirmation = 'None' OR ceremonies.confirmed_at IS NOT NULL {(matched ? "OR ceremonies.confirmation = 'Match'" : "")})
            """;
        return unscanned
            ? $"{CeremonyRow.Insert} ON CONFLICT (key) DO UPDATE SET {CeremonyRow.Replace} WHERE ({scannedByIt}) OR ({MayBeReplaced})"
            : $"""
               UPDATE ceremonies SET state = @State, grant_id = @GrantId, decided_at = @MovedAt, collect_until = @CollectUntil, keep_until = @KeepUntil
               WHERE key = @Key AND {scannedByIt}
               """;
    }

    private async Task<bool> Apply(SqlSession sql, Ceremony ceremony, string statement)
    {
        var row = CeremonyRow.From(ceremony);
        var moved = await sql.Execute(statement, row) == 1;
        if (moved) Tell(sql, row.Key, row.KeepUntil, row.MovedAt);
        return moved;
    }

    private Task Require(SqlSession sql, Ceremony ceremony, string statement, Refusal otherwise)
    {
        var row = CeremonyRow.From(ceremony);
        Tell(sql, row.Key, row.KeepUntil, row.MovedAt);
        return sql.Require(statement, row, () => new OvertakenException(otherwise));
    }

    private async Task<Ceremony?> Move(SqlSession sql, string key, string change, object args)
    {
        var row = await sql.Row<CeremonyRow>($"UPDATE ceremonies SET {change} RETURNING {CeremonyRow.Columns}", args);
        if (row is not null) Tell(sql, key, row.KeepUntil, row.MovedAt);
        return row?.Ceremony();
    }

    private void Tell(SqlSession sql, string key, long keepUntil, long movedAt) => sql.AfterCommit(() =>
    {
        // One's own move is news whatever instant it carries: the clock may not have moved since the last.
        _known.Add(key, keepUntil, movedAt);
        bells.Ring(key);
        Moved?.Invoke(new Move(key, keepUntil, movedAt));
    });

    private sealed class MoveRow
    {
        public string Key { get; init; } = "";

        public long KeepUntil { get; init; }

        public long MovedAt { get; init; }
    }
}

using System.Text;
using Gapura.Kernel;
using Gapura.OpenId.DeviceFlow;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Ciba;

/// <summary>Keeper of what platforms ask phones: by hash of the <c>auth_req_id</c>, decided once, delivered once, each in one statement.</summary>
internal sealed class BackChannelRequests(Database database, Grants grants, MasterKey master, TimeProvider time) : ISwept
{
    public const int MostWaiting = 10_000;
    public const string Purpose = "backchannel callback";
    private const int MostShown = 10;

    // A platform that is told late may still fetch.
    private static readonly TimeSpan Fetched = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <returns>The <c>auth_req_id</c>; null when so many of this platform wait that no more are let in.</returns>
    public Task<Secret?> Open(BackChannelRequest request, CancellationToken ct) => database.Write(async sql =>
    {
        if (await sql.Value<long>("SELECT COUNT(*) FROM backchannel_requests WHERE client_id = @ClientId AND state = 'waiting' AND expires_at > @now", new { request.ClientId, now = Now }) >= MostWaiting) return null;
        var secret = Secret.New("gpq_");

        // Only where we call the platform must we know what it calls this; sealed, so that a stolen database cannot.
        var callback = request.NotificationToken is { } token ? master.Seal(Encoding.ASCII.GetBytes($"{secret.Reveal()}\n{token.Reveal()}"), Purpose) : null;
        await sql.Execute("""
            INSERT INTO backchannel_requests (hash, id, client_id, account_id, scope, acr_values, binding_message, opened_at, expires_at, delivery, state, poll_interval, next_poll_at, callback, call_tries, call_at)
            VALUES (@hash, @Id, @ClientId, @AccountId, @scope, @context, @BindingMessage, @openedAt, @expiresAt, @delivery, 'waiting', @Interval, 0, @callback, 0, @callAt)
            """, new
        {
            hash = secret.Hash(), request.Id, request.ClientId, request.AccountId, scope = string.Join(' ', request.Scope), context = string.Join(' ', request.Context), request.BindingMessage, Polling.Interval, callback,
            openedAt = request.OpenedAt.ToUnixTimeMilliseconds(), expiresAt = request.ExpiresAt.ToUnixTimeMilliseconds(), delivery = request.Delivery.ToString(),

            // Whom tokens are pushed to is told as well that nobody decided (section 12).
            callAt = request.Delivery == Delivery.Push ? request.ExpiresAt.ToUnixTimeMilliseconds() : (long?)null,
        });
        return (Secret?)secret;
    }, ct);

    /// <summary>What waits for a person's decision, newest first.</summary>
    public async Task<IReadOnlyList<BackChannelRequest>> Waiting(string accountId, CancellationToken ct) => [.. (await database.Read(sql => sql.Rows<BackChannelRow>($"""
        SELECT {BackChannelRow.Columns} FROM backchannel_requests WHERE account_id = @accountId AND state = 'waiting' AND expires_at > @now ORDER BY opened_at DESC, id DESC LIMIT @MostShown
        """, new { accountId, now = Now, MostShown }), ct)).Select(r => r.Request())];

    /// <returns>The request of this person's, waiting or decided; null for another's and for none.</returns>
    public Task<BackChannelRow?> Find(string id, string accountId, CancellationToken ct) => database.Read(
        sql => sql.Row<BackChannelRow>($"SELECT {BackChannelRow.Columns} FROM backchannel_requests WHERE id = @id AND account_id = @accountId", new { id, accountId }), ct);

    /// <param name="grantId">What a yes opened; null for a no.</param>
    /// <returns>False when it was decided before, or it is too late: nothing was written.</returns>
    public async Task<bool> TryDecide(SqlSession sql, string id, string accountId, string deviceId, string? grantId) => await sql.Execute("""
        UPDATE backchannel_requests SET state = @state, grant_id = @grantId, device_id = @deviceId, decided_at = @now, call_at = CASE WHEN delivery = 'Poll' THEN call_at ELSE @now END
        WHERE id = @id AND account_id = @accountId AND state = 'waiting' AND expires_at > @now
        """, new { id, accountId, deviceId, grantId, state = grantId is null ? "denied" : "approved", now = Now }) == 1;

    /// <summary>The platform asks. What was approved is delivered in the transaction that issues it, once.</summary>
    public Task<Poll> Poll(Secret secret, string clientId, Func<SqlSession, Grant, Task<Secret?>> issue, CancellationToken ct) => database.Write<Poll>(async sql =>
    {
        var (hash, now) = (secret.Hash(), Now);
        if (await Polling.Arrive(sql, "backchannel_requests", hash, clientId, now) is { } no) return no;
        var row = (await sql.Row<BackChannelRow>($"SELECT {BackChannelRow.Columns} FROM backchannel_requests WHERE hash = @hash", new { hash }))!;

        // Two hold what one platform asked with: whoever of them is the thief loses the loot.
        if (row.State == "collected") await grants.Revoke(sql, row.GrantId!);
        if (Polling.Find(row.State, TimeSpan.FromMilliseconds(now - row.ExpiresAt), Fetched) is { } nothing) return nothing;
        await sql.Execute("UPDATE backchannel_requests SET state = 'collected', call_at = NULL, callback = NULL WHERE hash = @hash", new { hash });
        return await grants.Standing(sql, row.GrantId!) is { } grant ? new Poll.Given(grant, row.Proof(), await issue(sql, grant)) : new Poll.Denied();
    }, ct);

    public Task Sweep(DateTimeOffset now, CancellationToken ct) => database.Write(
        sql => sql.Execute("DELETE FROM backchannel_requests WHERE expires_at < @old", new { old = (now - Remembered).ToUnixTimeMilliseconds() }), ct);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}

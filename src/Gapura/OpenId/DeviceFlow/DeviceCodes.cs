using System.Security.Cryptography;
using System.Text;
using Gapura.Kernel;
using Gapura.OpenId.Exchange;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>
/// Keeper of device codes: the device's own, 256 bits, by its hash; the person's, 34 bits, by a keyed hash, so that a stolen
/// database cannot be searched for it. Every move is one statement that names the state it moves from.
/// </summary>
internal sealed class DeviceCodes(Database database, Grants grants, MasterKey master, TimeProvider time) : ISwept
{
    public const int MostWaiting = 1_000;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // An allowing in the last second is still fetched.
    private static readonly TimeSpan Fetched = TimeSpan.FromMinutes(1);

    // Until then a device is told that its code has expired, and the second use of one is noticed.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly byte[] _key = master.Derive("device user code");

    /// <returns>Null when so many devices of this platform wait that no more are let in.</returns>
    public Task<(Secret DeviceCode, UserCode UserCode)?> Open(DeviceCode code, CancellationToken ct) => database.Write(async sql =>
    {
        var waiting = await sql.Value<long>("SELECT COUNT(*) FROM device_codes WHERE client_id = @ClientId AND state = 'waiting' AND expires_at > @now", new { code.ClientId, now = Now });
        if (waiting >= MostWaiting) return ((Secret, UserCode)?)null;
        while (true)
        {
            var (secret, typed) = (Secret.New("gpd_"), UserCode.New());
            var isNew = await sql.Execute("""
                INSERT INTO device_codes (hash, user_code_hash, client_id, scope, browser, system, network, country, opened_at, expires_at, state, poll_interval, next_poll_at)
                VALUES (@hash, @userCode, @ClientId, @scope, @Browser, @System, @Network, @Country, @openedAt, @expiresAt, 'waiting', @Interval, 0)
                ON CONFLICT (user_code_hash) DO NOTHING
                """, new
            {
                hash = secret.Hash(), userCode = Hash(typed), code.ClientId, scope = string.Join(' ', code.Scope), code.From.Browser, code.From.System, code.From.Network, code.From.Country,
                openedAt = code.OpenedAt.ToUnixTimeMilliseconds(), expiresAt = (code.OpenedAt + Lifetime).ToUnixTimeMilliseconds(), Polling.Interval,
            }) == 1;
            if (isNew) return (secret, typed);
        }
    }, ct);

    /// <returns>Null for a code nobody waits with: an unknown, a decided and an expired one look alike.</returns>
    public async Task<DeviceCode?> Waiting(UserCode code, CancellationToken ct) => (await database.Read(sql => sql.Row<DeviceCodeRow>($"""
        SELECT {DeviceCodeRow.Columns} FROM device_codes WHERE user_code_hash = @userCode AND state = 'waiting' AND expires_at > @now
        """, new { userCode = Hash(code), now = Now }), ct))?.Code();

    /// <returns>False when somebody decided before, or it is too late: nothing was written.</returns>
    public async Task<bool> TryApprove(SqlSession sql, UserCode code, string grantId, SignInProof proof) => await sql.Execute("""
        UPDATE device_codes SET state = 'approved', grant_id = @grantId, signed_in_at = @signedInAt, amr = @amr, acr = @Context
        WHERE user_code_hash = @userCode AND state = 'waiting' AND expires_at > @now
        """, new { userCode = Hash(code), grantId, signedInAt = proof.At.ToUnixTimeMilliseconds(), amr = string.Join(' ', proof.Methods), proof.Context, now = Now }) == 1;

    public async Task<bool> TryDeny(SqlSession sql, UserCode code) =>
        await sql.Execute("UPDATE device_codes SET state = 'denied' WHERE user_code_hash = @userCode AND state = 'waiting' AND expires_at > @now", new { userCode = Hash(code), now = Now }) == 1;

    /// <summary>The device asks. What was allowed is delivered in the transaction that issues it, once.</summary>
    public Task<Poll> Poll(Secret secret, string clientId, Func<SqlSession, Grant, Task<Secret?>> issue, CancellationToken ct) => database.Write<Poll>(async sql =>
    {
        var (hash, now) = (secret.Hash(), Now);
        if (await Polling.Arrive(sql, "device_codes", hash, clientId, now) is { } no) return no;
        var row = (await sql.Row<DeviceCodeRow>($"SELECT {DeviceCodeRow.Columns} FROM device_codes WHERE hash = @hash", new { hash }))!;

        // Two hold one device's code: whoever of them is the thief loses the loot.
        if (row.State == "collected") await grants.Revoke(sql, row.GrantId!);
        if (Polling.Find(row.State, TimeSpan.FromMilliseconds(now - row.ExpiresAt), Fetched) is { } nothing) return nothing;
        await sql.Execute("UPDATE device_codes SET state = 'collected' WHERE hash = @hash", new { hash });
        return await grants.Standing(sql, row.GrantId!) is { } grant ? new Poll.Given(grant, row.Proof(), await issue(sql, grant)) : new Poll.Denied();
    }, ct);

    public Task Sweep(DateTimeOffset now, CancellationToken ct) => database.Write(
        sql => sql.Execute("DELETE FROM device_codes WHERE expires_at < @old", new { old = (now - Remembered).ToUnixTimeMilliseconds() }), ct);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private byte[] Hash(UserCode code) => HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(code.Letters));
}

using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Gapura.Kernel;
using Gapura.OpenId.Exchange;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Ciba;

/// <summary>A call to a platform that is due.</summary>
/// <param name="Token">What the platform knows us by.</param>
/// <param name="Body">JSON, the same at every try.</param>
internal sealed record BackChannelCall(byte[] Hash, string ClientId, Secret Token, byte[] Body, long Tries);

/// <summary>Keeper of the calls that platforms wait for (CIBA Core 1.0 sections 10.2, 10.3, 12): taken up by one node, again until it is heard.</summary>
internal sealed class BackChannelCalls(Database database, Grants grants, RefreshTokens refreshTokens, TokenAnswers answers, MasterKey master, TimeProvider time)
{
    public const int MostTries = 7;
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A call has become due on this node.</summary>
    public void Wake() => _woken.Writer.TryWrite(true);

    /// <summary>Returns when one became due here, or after a while: other nodes wake nobody here.</summary>
    public async Task Due(TimeSpan atMost, CancellationToken ct)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct);
        until.CancelAfter(atMost);
        try
        {
            await _woken.Reader.ReadAsync(until.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }
    }

    /// <summary>Takes up one call; the next try is due before this one is made, so that a node that dies loses nothing. Tokens are minted at the first try.</summary>
    /// <returns>Null when none is due.</returns>
    public Task<BackChannelCall?> Next(CancellationToken ct) => database.Write<BackChannelCall?>(async sql =>
    {
        // 5, 20, 45, … seconds: a platform that is back soon hears soon.
        var row = await sql.Row<BackChannelRow>($"""
            UPDATE backchannel_requests
            SET call_tries = call_tries + 1, call_at = CASE WHEN call_tries + 1 >= @MostTries THEN NULL ELSE @now + 5000 * (call_tries + 1) * (call_tries + 1) END,
                state = CASE WHEN state = 'waiting' THEN 'expired' ELSE state END
            WHERE hash = (SELECT hash FROM backchannel_requests WHERE call_at <= @now ORDER BY call_at LIMIT 1) AND call_at <= @now
            RETURNING {BackChannelRow.Columns}
            """, new { now = time.GetUtcNow().ToUnixTimeMilliseconds(), MostTries });
        if (row is null) return null;
        var said = Encoding.ASCII.GetString(master.Open(row.Callback!, BackChannelRequests.Purpose)).Split('\n');
        var body = row.Payload is { } kept ? master.Open(kept, BackChannelRequests.Purpose) : await Body(sql, row, said[0]);
        return new BackChannelCall(row.Hash, row.ClientId, new Secret(said[1]), body, row.Tries);
    }, ct);

    /// <summary>It was heard, or never will be: nothing of it is kept.</summary>
    public Task Done(BackChannelCall call, CancellationToken ct) => database.Write(
        sql => sql.Execute("UPDATE backchannel_requests SET call_at = NULL, callback = NULL, payload = NULL WHERE hash = @Hash", new { call.Hash }), ct);

    private async Task<byte[]> Body(SqlSession sql, BackChannelRow row, string requestId)
    {
        if (row.Delivery == nameof(Delivery.Ping)) return JsonSerializer.SerializeToUtf8Bytes(new PingBody(requestId), CibaJson.Wire.PingBody);
        if (row.State != "approved") return Error(row.State == "denied" ? Refusals.AccessDenied : Refusals.ExpiredToken);
        await sql.Execute("UPDATE backchannel_requests SET state = 'collected' WHERE hash = @Hash", new { row.Hash });
        if (await grants.Standing(sql, row.GrantId!) is not { } grant) return Error(Refusals.AccessDenied);
        var refresh = Scopes.GivesRefreshToken(grant.Scope, isAuthenticated: true) ? (Secret?)await refreshTokens.Issue(sql, grant.Id) : null;
        var tokens = answers.Make(grant, row.Proof(), refresh, PushBody.Claims(requestId, refresh));
        var body = JsonSerializer.SerializeToUtf8Bytes(new PushBody(requestId, tokens.AccessToken, tokens.TokenType, tokens.ExpiresIn, tokens.RefreshToken, tokens.IdToken!), CibaJson.Wire.PushBody);
        await sql.Execute("UPDATE backchannel_requests SET payload = @payload WHERE hash = @Hash", new { row.Hash, payload = master.Seal(body, BackChannelRequests.Purpose) });
        return body;

        byte[] Error(Refusal refusal) => JsonSerializer.SerializeToUtf8Bytes(new PushError(requestId, refusal.Code, refusal.English), CibaJson.Wire.PushError);
    }
}

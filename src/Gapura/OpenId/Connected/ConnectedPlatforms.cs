using Gapura.Audit;
using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Connected;

/// <summary>Where a person is known, and the one place where they end it.</summary>
internal sealed class ConnectedPlatforms(Database database, Consents consents, OpenGrants open, Grants grants, AuditLog audit, TimeProvider time)
{
    /// <summary>Partners alone: this installation is no platform that could be left.</summary>
    public async Task<IReadOnlyList<ConnectedPlatform>> Of(string accountId, CancellationToken ct) =>
        [.. ConnectedPlatform.From(await consents.Of(accountId, null, ct), await open.Of(accountId, ct)).Where(p => p.ClientId != PlatformRegister.OwnClientId)];

    /// <summary>
    /// Takes everything back that a person gave one platform: what they agreed to, and every sign-in by whatever door. Its
    /// next use of a token is refused.
    /// </summary>
    /// <returns>The sign-ins that were ended; null when there was nothing to take back, and nothing was written.</returns>
    public Task<IReadOnlyList<Grant>?> TakeBack(string accountId, string clientId, Hand by, CancellationToken ct) => database.Write(async sql =>
    {
        if (clientId == PlatformRegister.OwnClientId) return null;
        var agreed = await consents.TakeBack(sql, accountId, clientId);
        var ended = await grants.RevokeAt(sql, accountId, clientId);
        if (agreed is null && ended.Count == 0) return null;
        await audit.Note(sql, new AuditEntry
        {
            Id = PublicId.New(time), At = time.GetUtcNow(), Action = AuditAction.ConsentTakenBack, Actor = by.Actor, AccountId = accountId, ClientId = clientId,
            Browser = by.From.Browser, System = by.From.System, Network = by.From.Network, Country = by.From.Country, Details = agreed is { Count: > 0 } ? string.Join(' ', agreed) : null,
        });
        return ended;
    }, ct);
}

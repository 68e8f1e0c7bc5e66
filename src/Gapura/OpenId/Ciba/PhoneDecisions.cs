using Gapura.Audit;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Ciba;

/// <summary>Carries out what a phone decided: the grant, the consent and what is written down, or none of it.</summary>
internal sealed class PhoneDecisions(
    Database database, BackChannelRequests requests, BackChannelCalls calls, DeviceRegister devices, Grants grants, Consents consents, AuditLog audit, DeviceNotices notices, Visitors visitors, TimeProvider time)
{
    /// <param name="decision">One of <see cref="ShownRequest"/>'s words, signed.</param>
    /// <returns>False when another decision stands, or time is up.</returns>
    public async Task<bool> Decide(HttpContext context, BackChannelRow row, Device device, string decision, CancellationToken ct)
    {
        var grant = decision == ShownRequest.Approve ? new Grant
        {
            Id = PublicId.New(time), AccountId = device.AccountId, ClientId = row.ClientId, DeviceId = device.Id, Door = Door.OpenId, Scope = row.Scope, GrantedAt = time.GetUtcNow(),
        } : null;
        var isDecided = await database.Write(async sql =>
        {
            if (!await devices.TryUse(sql, device.Id) || !await requests.TryDecide(sql, row.Id, device.AccountId, device.Id, grant?.Id)) return false;
            if (grant is not null)
            {
                await grants.Add(sql, grant, device.IsTest);
                await consents.Give(sql, grant.AccountId, grant.ClientId, row.Request().Scope);
                sql.AfterCommit(() => notices.Tell(device.AccountId, device.Id));
            }

            sql.AfterCommit(calls.Wake);
            await Note(sql, context, row, device, grant?.Id, decision);
            return true;
        }, ct);
        return isDecided || await requests.Find(row.Id, device.AccountId, ct) is { } now && now.DeviceId == device.Id && (now.GrantId is not null) == (grant is not null);
    }

    private Task Note(SqlSession sql, HttpContext context, BackChannelRow row, Device device, string? grantId, string decision)
    {
        // The phone's own place: where the platform's backend stands says nothing about the person.
        var from = visitors.Of(context);
        return audit.Note(sql, new AuditEntry
        {
            Id = PublicId.New(time), At = time.GetUtcNow(), Action = grantId is null ? AuditAction.SignInDenied : AuditAction.SignInApproved, Actor = "device", AccountId = device.AccountId, ClientId = row.ClientId,
            DeviceId = device.Id, GrantId = grantId, Browser = from.Browser, System = from.System, Network = from.Network, Country = from.Country, Details = "backchannel " + decision,
        });
    }
}

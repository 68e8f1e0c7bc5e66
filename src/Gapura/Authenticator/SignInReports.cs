using Gapura.Audit;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Authenticator;

/// <summary>"This was not me": whatever a sign-in opened is shut at once, and it is written down who said so.</summary>
internal sealed class SignInReports(AuditLog audit, Grants grants, BrowserSessions sessions, Database database, TimeProvider time)
{
    private const int MostRead = 1000;

    /// <summary>Reports a sign-in of one's own. Once or ten times: it is shut, and written down once.</summary>
    /// <param name="cookie">The session that reports. It stays when a phone's key opened it; a password may be the thief's too.</param>
    /// <returns>False when the person has no such sign-in, or it was declined: there is nothing to shut.</returns>
    public async Task<bool> Report(string id, BrowserSession reporter, Kernel.Secret cookie, Visitor from, CancellationToken ct)
    {
        if (await audit.Find(id, reporter.Account.Id, ct) is not { Action: AuditAction.SignInApproved } entry) return false;
        await database.Write(async sql =>
        {
            if (!await audit.TryNote(sql, Entry(entry, reporter, from))) return;
            if (entry.GrantId is { } grant) await grants.Revoke(sql, grant);
            if (OpenedSessions(entry)) await (reporter.DeviceId is null ? sessions.EndOfAccount(sql, entry.AccountId!) : sessions.EndOthersOfAccount(sql, entry.AccountId!, cookie));
        }, ct);
        return true;
    }

    /// <summary>The ids of an account's sign-ins that were reported since then.</summary>
    public async Task<IReadOnlySet<string>> Since(string accountId, DateTimeOffset since, CancellationToken ct) =>
        (await audit.OfAccount(accountId, AuditAction.SignInReported, since, MostRead, ct)).Select(e => e.Details ?? "").ToHashSet(StringComparer.Ordinal);

    // Whoever typed the password is signed in here too, and so is a screen of our own sign-in page.
    private static bool OpenedSessions(AuditEntry entry) => entry.Actor == "account" || entry.ClientId == PlatformRegister.OwnClientId;

    // Its id follows from what it reports: of two reports at once one is written.
    private AuditEntry Entry(AuditEntry reported, BrowserSession reporter, Visitor from) => new()
    {
        Id = reported.Id + "-reported", At = time.GetUtcNow(), Action = AuditAction.SignInReported, Actor = reporter.DeviceId is null ? "account" : "device",
        AccountId = reported.AccountId, ClientId = reported.ClientId, DeviceId = reporter.DeviceId, GrantId = reported.GrantId,
        Browser = from.Browser, System = from.System, Network = from.Network, Country = from.Country, Details = reported.Id,
    };
}

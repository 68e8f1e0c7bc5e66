using Gapura.Audit;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>What the door writes down: who said yes or no to what, from which screen, and why it was asked for more. A yes is told to the person's other phones.</summary>
internal sealed class QrAudit(AuditLog audit, DeviceNotices notices, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(180);
    private const int MostRemembered = 200;

    /// <param name="how">What was asked of the person: <c>match</c>, <c>type</c>, <c>none</c>, or <c>unscanned</c>.</param>
    public Task Approved(SqlSession sql, Ceremony approved, Seen seen, string how)
    {
        sql.AfterCommit(() => notices.Tell(approved.AccountId, approved.DeviceId));
        return audit.Note(sql, Entry(AuditAction.SignInApproved, approved, seen, how));
    }

    public Task Denied(SqlSession sql, Ceremony denied, string because) => audit.Note(sql, Entry(AuditAction.SignInDenied, denied, Seen.Read(denied.Seen)!, because));

    /// <summary>What the risk is judged by.</summary>
    public async Task<IReadOnlyList<PastSignIn>> Past(string accountId, CancellationToken ct) =>
        [.. (await audit.OfAccount(accountId, AuditAction.SignInApproved, time.GetUtcNow() - Remembered, MostRemembered, ct)).Select(e => new PastSignIn(e.ClientId, e.Browser, e.System, e.Network))];

    private AuditEntry Entry(string action, Ceremony ceremony, Seen seen, string how) => new()
    {
        Id = PublicId.New(time), At = time.GetUtcNow(), Action = action, Actor = "device", AccountId = ceremony.AccountId, ClientId = ceremony.ClientId,
        DeviceId = ceremony.DeviceId, GrantId = ceremony.GrantId,
        Browser = seen.Screen.Browser, System = seen.Screen.System, Network = seen.Screen.Network, Country = seen.Screen.Country,
        Details = string.Join(' ', seen.Reasons.Prepend(how)),
    };
}

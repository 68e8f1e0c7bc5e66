using Gapura.Audit;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Sessions;

/// <summary>Writes down that somebody signed in without a phone, to a platform or here, and tells the account's phones.</summary>
internal sealed class SignInAudit(AuditLog audit, DeviceNotices notices, Visitors visitors, TimeProvider time)
{
    /// <summary>The password was typed.</summary>
    public const string Password = "password";

    /// <summary>The browser was signed in here already, and the person confirmed it.</summary>
    public const string Session = "session";

    /// <param name="grantId">What was opened at the platform; null for our own sign-in page, which opens a session alone.</param>
    /// <param name="how"><see cref="Password"/> or <see cref="Session"/>.</param>
    public Task Approved(SqlSession sql, HttpContext context, string accountId, string clientId, string? grantId, string how, DateTimeOffset? at = null)
    {
        var from = visitors.Of(context);
        sql.AfterCommit(() => notices.Tell(accountId, exceptDeviceId: null));
        return audit.Note(sql, new AuditEntry
        {
            Id = PublicId.New(time), At = at ?? time.GetUtcNow(), Action = AuditAction.SignInApproved, Actor = "account", AccountId = accountId, ClientId = clientId,
            GrantId = grantId, Browser = from.Browser, System = from.System, Network = from.Network, Country = from.Country, Details = how,
        });
    }
}

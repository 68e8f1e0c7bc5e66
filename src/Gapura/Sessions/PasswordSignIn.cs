using System.Net;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Sessions;

/// <summary>A person signs this browser in with user name and password.</summary>
internal sealed class PasswordSignIn(PasswordCheck check, Failures failures, BrowserSessions sessions, FamiliarBrowsers familiar, BrowserCookies cookies, SignInAudit audit, TimeProvider time)
{
    /// <summary>Tries the pair. Nothing is signed in yet: that happens in the transaction of whoever asked.</summary>
    /// <param name="platform">Where the person is going; null for no further than here.</param>
    public Task<PasswordAnswer> Try(HttpContext context, string username, string password, Platform? platform, CancellationToken ct) => check.Check(
        username, password, context.Connection.RemoteIpAddress ?? IPAddress.None, account => platform?.Admits(account) != false,
        accountId => familiar.As(cookies.Familiar(context), accountId, ct), ct);

    /// <summary>Signs the browser in and writes it down, within the caller's transaction.</summary>
    /// <param name="grant">What the same password opened at a platform; null where it was given to us alone.</param>
    /// <returns>The secrets to be set as cookies once it is committed.</returns>
    public async Task<NewSession> Complete(SqlSession sql, HttpContext context, PasswordAnswer.Right right, Grant? grant = null)
    {
        var now = time.GetUtcNow();
        await failures.Forgive(sql, right.Throttles);
        var browser = cookies.Familiar(context) ?? Secret.New("gpb_");
        await familiar.Note(sql, browser, right.Account.Id);
        await audit.Approved(sql, context, right.Account.Id, grant?.ClientId ?? PlatformRegister.OwnClientId, grant?.Id, SignInAudit.Password, now);
        return new NewSession(await sessions.Start(sql, right.Account.Id, cookies.Session(context), signedInAt: now), browser);
    }

    public void SetCookies(HttpContext context, NewSession made)
    {
        cookies.SetSession(context, made.Session);
        cookies.SetFamiliar(context, made.Browser);
    }
}

internal sealed record NewSession(Secret Session, Secret Browser);

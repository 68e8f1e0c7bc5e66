using Gapura.Accounts;
using Gapura.Sessions;
using Gapura.Storage;

namespace Gapura.Hosting.Commands;

/// <summary>Ends what an account has open, in one transaction over three rooms.</summary>
internal static class AccountEnding
{
    public static Task Disable(OpenInstallation here, string accountId, CancellationToken ct) => here.Database.Write(async sql =>
    {
        await here.Get<AccountRegister>().Disable(sql, accountId);
        await End(here, sql, accountId);
    }, ct);

    public static Task SignOut(OpenInstallation here, string accountId, CancellationToken ct) =>
        here.Database.Write(sql => End(here, sql, accountId), ct);

    private static async Task End(OpenInstallation here, SqlSession sql, string accountId)
    {
        await here.Get<BrowserSessions>().EndOfAccount(sql, accountId);
        await here.Get<SessionEnding>().OverOfAccount(sql, accountId);
    }
}

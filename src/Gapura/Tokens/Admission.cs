using Gapura.Accounts;
using Gapura.Platforms;

namespace Gapura.Tokens;

/// <summary>
/// Who may sign in where: test people to sandboxes, everybody else to all others. Gapura itself, where every sign-in of the
/// hall begins, takes both. A door refuses the wrong kind as it refuses whoever does not exist.
/// </summary>
internal static class Admission
{
    public static bool Admits(this Platform platform, Account account) => platform.Admits(account.IsTest);

    /// <param name="isTest">Whether the account is a test person's.</param>
    public static bool Admits(this Platform platform, bool isTest) => platform.ClientId == PlatformRegister.OwnClientId || platform.IsSandbox == isTest;
}

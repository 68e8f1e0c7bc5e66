using System.Net;
using Gapura.Kernel;

namespace Gapura.Accounts;

/// <summary>What a try with a password came to.</summary>
internal abstract record PasswordAnswer
{
    /// <param name="Throttles">To be forgiven in the transaction that completes the sign-in.</param>
    internal sealed record Right(Account Account, IReadOnlyList<Throttle> Throttles) : PasswordAnswer;

    internal sealed record No(Refusal Refusal, TimeSpan? RetryAfter = null) : PasswordAnswer;
}

/// <summary>User name and password, throttled, with the same work and the same answer for whoever does not exist.</summary>
internal sealed class PasswordCheck(AccountRegister accounts, Passwords passwords, Failures failures)
{
    /// <param name="admits">Whether this person may sign in to what they are signing in to; one who may not is nobody there.</param>
    /// <param name="familiarAs">Account the browser has signed in as before, and what stands for that browser.</param>
    public async Task<PasswordAnswer> Check(string username, string password, IPAddress network, Func<Account, bool> admits, Func<string, Task<string?>> familiarAs, CancellationToken ct)
    {
        if (username.Length > 200 || password.Length > NewPassword.Longest || username.Any(char.IsControl)) return new PasswordAnswer.No(Refusals.WrongPassword);
        var found = await accounts.Find(username, ct);
        var browser = found is null ? null : await familiarAs(found.Value.Account.Id);
        var throttles = Throttles.For(Account.Normalise(username), network, browser);
        if (await failures.Count(throttles, ct) is { } wait) return new PasswordAnswer.No(Refusals.TooManyAttempts, wait);

        var match = await passwords.Verify(password, found?.PasswordHash, ct);
        if (found is not { Account: { DisabledAt: null } account } || match == PasswordMatch.No || !admits(account)) return new PasswordAnswer.No(Refusals.WrongPassword);
        if (match == PasswordMatch.YesButOld) await accounts.TryUpgradePassword(account.Id, found.Value.PasswordHash!, await passwords.Hash(password, ct), ct);
        return new PasswordAnswer.Right(account, throttles);
    }
}

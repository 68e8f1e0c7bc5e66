using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.Tokens;

/// <summary>What the popup's documented message gives a platform: an access token that names the person, whichever way it is handed over.</summary>
internal sealed class NamedTokens(Mint mint, AccountRegister accounts, NpwpReleases releases)
{
    /// <summary>Loads whom the grant is of and notes that the platform is told, within the transaction that decides it.</summary>
    /// <param name="grant">One that stands.</param>
    public async Task<Account> Tell(SqlSession sql, Grant grant)
    {
        var account = await accounts.Active(sql, grant.AccountId) ?? throw new InvalidOperationException("A grant that stands is of an active account.");
        await Tell(sql, grant, account);
        return account;
    }

    public Task Tell(SqlSession sql, Grant grant, Account account) => releases.Note(sql, account, grant.ClientId, NpwpWay.Popup);

    /// <summary>User name and tax number are handed to this platform anyway; the token says no more than that.</summary>
    public Secret AccessToken(Grant grant, Account account, DateTimeOffset signedInAt) =>
        mint.AccessToken(grant, token => token with { SignedInAt = signedInAt, Username = account.Username, Npwp = account.Npwp });
}

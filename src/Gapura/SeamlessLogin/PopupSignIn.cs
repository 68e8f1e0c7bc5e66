using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.SeamlessLogin.Pages;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.SeamlessLogin;

/// <summary>The end of a popup: the ticket is spent, the grant stands, the browser is signed in, all in one transaction.</summary>
internal sealed class PopupSignIn(Database database, Ceremonies ceremonies, Grants grants, PasswordSignIn passwords, Mint mint, TokenOptions tokens, TimeProvider time)
{
    /// <param name="popup">Whose ticket is spent.</param>
    /// <param name="account">Who is signed in to the platform.</param>
    /// <param name="password">The password that proved it; null when the person confirmed a session they already had.</param>
    /// <returns>The message, or null when another request spent the ticket first.</returns>
    public async Task<PopupMessage?> Complete(HttpContext context, Popup popup, Account account, PasswordAnswer.Right? password, DateTimeOffset signedInAt, CancellationToken ct)
    {
        var grant = new Grant { Id = PublicId.New(time), AccountId = account.Id, ClientId = popup.Platform.ClientId, Door = Door.Seamless, GrantedAt = time.GetUtcNow() };
        var (spent, session) = await database.Write(async sql =>
        {
            if (!await ceremonies.TryAdd(sql, Spent(popup, grant))) return (false, null);
            await grants.Add(sql, grant);
            return (true, password is null ? null : await passwords.Complete(sql, context, password));
        }, ct);
        if (!spent) return null;
        if (session is not null) passwords.SetCookies(context, session);

        // The documented message hands user name and tax number to this platform; the token says no more than that.
        var accessToken = mint.AccessToken(grant, token => token with { SignedInAt = signedInAt, Username = account.Username, Npwp = account.Npwp });
        return new PopupMessage
        {
            AccessToken = accessToken.Reveal(), ExpiresIn = mint.AccessTokenSeconds, Username = account.Username, Npwp = account.Npwp ?? "",
            Iss = tokens.Issuer.Text, State = popup.State,
        };
    }

    private static Ceremony Spent(Popup popup, Grant grant) => new()
    {
        Key = popup.Ticket.SpendKey, Door = Door.Seamless, State = CeremonyState.Collected, Handle = popup.Ticket.Text, ClientId = grant.ClientId,
        AccountId = grant.AccountId, GrantId = grant.Id, MovedAt = grant.GrantedAt, CollectUntil = grant.GrantedAt,

        // Longer than the ticket could be shown anywhere, clocks that differ included.
        KeepUntil = popup.Ticket.ExpiresAt + TimeSpan.FromHours(1),
    };
}

using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.SeamlessLogin.Pages;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.SeamlessLogin;

/// <summary>The end of a popup: the ticket is spent, the grant stands and, after a password, the browser is signed in, all in one transaction.</summary>
internal sealed class PopupSignIn(Database database, Ceremonies ceremonies, Grants grants, PasswordSignIn passwords, PhoneSignIn phones, SignInAudit audit, NpwpReleases releases, Mint mint, TokenOptions tokens, TimeProvider time)
{
    /// <summary>With a password that proved the person now.</summary>
    /// <returns>The message, or null when another request spent the ticket first.</returns>
    public Task<PopupMessage?> CompleteByPassword(HttpContext context, Popup popup, PasswordAnswer.Right password, CancellationToken ct) =>
        Complete(context, popup, password.Account, password, deviceId: null, time.GetUtcNow(), ct);

    /// <summary>With the session the browser had. What a phone opened stays the phone's: revoking it ends this, too.</summary>
    /// <returns>The message, or null when another request spent the ticket first.</returns>
    public Task<PopupMessage?> CompleteBySession(HttpContext context, Popup popup, BrowserSession session, CancellationToken ct) =>
        Complete(context, popup, session.Account, password: null, session.DeviceId, session.SignedInAt, ct);

    /// <summary>
    /// The phone's own grant goes on: there is no second one, so that revoking the phone's sign-in ends this one too. And
    /// the browser is not signed in: the phone showed the platform, and nothing else. It is only known from now on.
    /// </summary>
    /// <returns>The message, or why there is none: the approval was used before, or the ticket.</returns>
    public async Task<(PopupMessage? Message, Refusal? Refusal)> CompleteByPhone(HttpContext context, Popup popup, PhoneProof proof, CancellationToken ct)
    {
        var (browser, refusal) = await database.Write(async sql =>
        {
            if (await phones.Spend(sql, context, proof) is not { } spent) return ((Secret?)null, (Refusal?)Refusals.PhoneSignInNotValid);
            if (!await ceremonies.TryAdd(sql, Spent(popup, proof.Grant))) return (null, Refusals.TicketSpent);
            await releases.Note(sql, proof.Account, proof.Grant.ClientId, NpwpWay.Popup);
            return (spent, null);
        }, ct);
        if (browser is not { } known) return (null, refusal);
        phones.Remember(context, known);
        return (Message(popup, proof.Grant, proof.Account, proof.Grant.GrantedAt), null);
    }

    private async Task<PopupMessage?> Complete(HttpContext context, Popup popup, Account account, PasswordAnswer.Right? password, string? deviceId, DateTimeOffset signedInAt, CancellationToken ct)
    {
        var grant = new Grant { Id = PublicId.New(time), AccountId = account.Id, ClientId = popup.Platform.ClientId, DeviceId = deviceId, Door = Door.Seamless, GrantedAt = time.GetUtcNow() };
        var (spent, session) = await database.Write(async sql =>
        {
            if (!await ceremonies.TryAdd(sql, Spent(popup, grant))) return (false, null);
            await grants.Add(sql, grant);
            await releases.Note(sql, account, grant.ClientId, NpwpWay.Popup);
            if (password is not null) return (true, await passwords.Complete(sql, context, password, grant));
            await audit.Approved(sql, context, account.Id, grant.ClientId, grant.Id, SignInAudit.Session);
            return (true, (NewSession?)null);
        }, ct);
        if (!spent) return null;
        if (session is not null) passwords.SetCookies(context, session);

        return Message(popup, grant, account, signedInAt);
    }

    // The documented message hands user name and tax number to this platform; the token says no more than that.
    private PopupMessage Message(Popup popup, Grant grant, Account account, DateTimeOffset signedInAt) => new()
    {
        AccessToken = mint.AccessToken(grant, token => token with { SignedInAt = signedInAt, Username = account.Username, Npwp = account.Npwp }).Reveal(),
        ExpiresIn = mint.AccessTokenSeconds, Username = account.Username, Npwp = account.Npwp ?? "", Iss = tokens.Issuer.Text, State = popup.State,
    };

    private Ceremony Spent(Popup popup, Grant grant) => new()
    {
        Key = popup.Ticket.SpendKey, Door = Door.Seamless, State = CeremonyState.Collected, Handle = popup.Ticket.Text, ClientId = grant.ClientId,
        AccountId = grant.AccountId, DeviceId = grant.DeviceId, GrantId = grant.Id, MovedAt = time.GetUtcNow(), CollectUntil = time.GetUtcNow(),

        // Longer than the ticket could be shown anywhere, clocks that differ included.
        KeepUntil = popup.Ticket.ExpiresAt + TimeSpan.FromHours(1),
    };
}

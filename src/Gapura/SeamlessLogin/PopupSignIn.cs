using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.SeamlessLogin;

/// <summary>The end of a popup: the ticket is spent, the grant stands and, after a password, the browser is signed in, all in one transaction.</summary>
internal sealed class PopupSignIn(Database database, Ceremonies ceremonies, Grants grants, PasswordSignIn passwords, PhoneSignIn phones, SignInAudit audit, HandingOver handing, TimeProvider time)
{
    /// <summary>With a password that proved the person now.</summary>
    /// <returns>What is handed over, or null when another request spent the ticket first.</returns>
    public Task<HandedOver?> CompleteByPassword(HttpContext context, Popup popup, PasswordAnswer.Right password, CancellationToken ct) =>
        Complete(context, popup, password.Account, password, deviceId: null, time.GetUtcNow(), [SignInMethods.Password], ct);

    /// <summary>With the session the browser had. What a phone opened stays the phone's: revoking it ends this, too.</summary>
    /// <returns>What is handed over, or null when another request spent the ticket first.</returns>
    public Task<HandedOver?> CompleteBySession(HttpContext context, Popup popup, BrowserSession session, CancellationToken ct) =>
        Complete(context, popup, session.Account, password: null, session.DeviceId, session.SignedInAt, session.Methods, ct);

    /// <summary>
    /// The phone's own grant goes on: there is no second one, so that revoking the phone's sign-in ends this one too. And
    /// the browser is not signed in: the phone showed the platform, and nothing else. It is only known from now on.
    /// </summary>
    /// <returns>What is handed over, or why nothing is: the approval was used before, or the ticket.</returns>
    public async Task<(HandedOver? HandedOver, Refusal? Refusal)> CompleteByPhone(HttpContext context, Popup popup, PhoneProof proof, CancellationToken ct)
    {
        var (browser, code, refusal) = await database.Write(async sql =>
        {
            if (await phones.Spend(sql, context, proof) is not { } spent) return ((Secret?)null, (Secret?)null, (Refusal?)Refusals.PhoneSignInNotValid);
            if (!await ceremonies.TryAdd(sql, Spent(popup, proof.Grant))) return (null, null, Refusals.TicketSpent);
            return (spent, await handing.Issue(sql, popup, proof.Grant, proof.Account, proof.Grant.GrantedAt, SignInMethods.Of(proof.Grant.DeviceId)), null);
        }, ct);
        if (browser is not { } known) return (null, refusal);
        phones.Remember(context, known);
        return (handing.Make(popup, proof.Grant, proof.Account, proof.Grant.GrantedAt, code), null);
    }

    private async Task<HandedOver?> Complete(
        HttpContext context, Popup popup, Account account, PasswordAnswer.Right? password, string? deviceId, DateTimeOffset signedInAt, IReadOnlyList<string> methods, CancellationToken ct)
    {
        var grant = new Grant { Id = PublicId.New(time), AccountId = account.Id, ClientId = popup.Platform.ClientId, DeviceId = deviceId, Door = Door.Seamless, GrantedAt = time.GetUtcNow() };
        var (spent, session, code) = await database.Write(async sql =>
        {
            if (!await ceremonies.TryAdd(sql, Spent(popup, grant))) return (false, null, null);
            await grants.Add(sql, grant, account.IsTest);
            var issued = await handing.Issue(sql, popup, grant, account, signedInAt, methods);
            if (password is not null) return (true, await passwords.Complete(sql, context, password, grant), issued);
            await audit.Approved(sql, context, account.Id, grant.ClientId, grant.Id, SignInAudit.Session);
            return (true, (NewSession?)null, issued);
        }, ct);
        if (!spent) return null;
        if (session is not null) passwords.SetCookies(context, session);

        return handing.Make(popup, grant, account, signedInAt, code);
    }

    private Ceremony Spent(Popup popup, Grant grant) => new()
    {
        Key = popup.Ticket.SpendKey, Door = Door.Seamless, State = CeremonyState.Collected, Handle = popup.Ticket.Text, ClientId = grant.ClientId,
        AccountId = grant.AccountId, DeviceId = grant.DeviceId, GrantId = grant.Id, MovedAt = time.GetUtcNow(), CollectUntil = time.GetUtcNow(),

        // Longer than the ticket could be shown anywhere, clocks that differ included.
        KeepUntil = popup.Ticket.ExpiresAt + TimeSpan.FromHours(1),
    };
}

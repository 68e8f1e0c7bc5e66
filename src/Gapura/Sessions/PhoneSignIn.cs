using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Sessions;

/// <summary>A phone approved, and a page of ours brings what was collected: the token of the phone's own grant.</summary>
/// <param name="Grant">Names the phone that approved.</param>
/// <param name="Account">Whose phone it is.</param>
internal sealed record PhoneProof(Grant Grant, Account Account);

/// <summary>
/// Whether an access token signs a page of ours in: a phone's approval signs in to exactly what the phone showed, once,
/// and while it is fresh. So it must be ours, of the very platform, of a QR sign-in of the last two minutes, unused
/// here, and its grant standing.
/// </summary>
internal sealed class PhoneSignIn(Mint mint, Grants grants, AccountRegister accounts, Ceremonies ceremonies, FamiliarBrowsers familiar, BrowserSessions sessions, BrowserCookies cookies, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    /// <param name="accessToken">As the form brought it.</param>
    /// <param name="clientId">What the page signs in to.</param>
    /// <returns>Null for a token that signs nobody in here: a forged, a foreign, an old and a revoked one look alike.</returns>
    public async Task<PhoneProof?> Read(string? accessToken, string clientId, CancellationToken ct)
    {
        if (accessToken is null || mint.Read(accessToken) is not { } token || token.ClientId != clientId) return null;
        if (await grants.Standing(token.GrantId, ct) is not { } grant || !IsFreshApproval(grant, clientId, time.GetUtcNow())) return null;
        return await accounts.Active(grant.AccountId, ct) is { } account ? new PhoneProof(grant, account) : null;
    }

    /// <summary>
    /// The grant's own time counts: a token can be renewed for weeks, an approval cannot. And a popup's grant is of a
    /// phone only when a phone was asked for this popup.
    /// </summary>
    public static bool IsFreshApproval(Grant grant, string clientId, DateTimeOffset now) =>
        grant is { Door: Door.Qr, DeviceId: not null } && grant.ClientId == clientId && now - grant.GrantedAt <= Fresh;

    /// <summary>
    /// Spends the approval, within the caller's transaction: whatever token of it comes next finds it used. From now on
    /// the account knows this browser, so that the next code it shows is no stranger's.
    /// </summary>
    /// <returns>What the browser is known by, for <see cref="Remember"/>; null when it was used before, or revoked a moment ago.</returns>
    public async Task<Secret?> Spend(SqlSession sql, HttpContext context, PhoneProof proof)
    {
        if (await grants.Standing(sql, proof.Grant.Id) is null || !await ceremonies.TryAdd(sql, Spent(proof.Grant))) return null;
        var browser = cookies.Familiar(context) ?? Secret.New("gpb_");
        await familiar.Note(sql, browser, proof.Account.Id);
        return browser;
    }

    /// <summary>Signs this browser in, within the caller's transaction. Revoking the phone signs it out again.</summary>
    /// <returns>The secrets for <see cref="SetCookies"/>; null when <see cref="Spend"/> says no.</returns>
    public async Task<NewSession?> Complete(SqlSession sql, HttpContext context, PhoneProof proof) =>
        await Spend(sql, context, proof) is { } browser
            ? new NewSession(await sessions.Start(sql, proof.Account.Id, cookies.Session(context), proof.Grant.DeviceId), browser)
            : null;

    public void Remember(HttpContext context, Secret browser) => cookies.SetFamiliar(context, browser);

    public void SetCookies(HttpContext context, NewSession made)
    {
        cookies.SetSession(context, made.Session);
        cookies.SetFamiliar(context, made.Browser);
    }

    private Ceremony Spent(Grant grant) => new()
    {
        Key = "phone-sign-in:" + grant.Id, Door = Door.Qr, State = CeremonyState.Collected, Handle = grant.Id, ClientId = grant.ClientId,
        AccountId = grant.AccountId, DeviceId = grant.DeviceId, GrantId = grant.Id, MovedAt = time.GetUtcNow(), CollectUntil = time.GetUtcNow(),

        // Longer than the approval counts anywhere, clocks that differ included.
        KeepUntil = grant.GrantedAt + Fresh + TimeSpan.FromHours(1),
    };
}

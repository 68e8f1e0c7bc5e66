using Gapura.Kernel;
using Gapura.OpenId.Pages;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Sessions.Pages;
using Gapura.Storage;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.Authorization;

/// <summary>How an authorization request can end: a code, a no at the platform, a page for the person.</summary>
internal sealed class AuthorizationAnswers(
    PageAnswers pages, ReturnAnswers returns, Database database, BrowserSessions sessions, Ceremonies ceremonies, Grants grants, Consents consents, AuthorizationCodes codes, SignInAudit audit, TimeProvider time)
{
    /// <summary>The grant stands, the code is issued, the consent is remembered and it is written down, or none of it.</summary>
    public async Task<IResult> Allow(HttpContext context, AuthorizationRequest request, BrowserSession session, bool agreed, CancellationToken ct)
    {
        var grant = new Grant
        {
            Id = PublicId.New(time), AccountId = session.Account.Id, ClientId = request.Platform.ClientId, DeviceId = session.DeviceId, SessionId = session.Id, Door = Door.OpenId,
            Scope = string.Join(' ', request.Scope), Claims = request.Claims.Write(), GrantedAt = time.GetUtcNow(), SignedInAt = session.SignedInAt,
        };
        var (code, signedOut) = await database.Write(async sql =>
        {
            // Whoever signs out at this moment ends what is given before, and nothing is given after.
            if (!await sessions.TryHold(sql, session)) return ((Secret?)null, true);
            if (request.PushedId is { } pushed && !await ceremonies.TryAdd(sql, Completed(pushed, grant))) return (null, false);
            if (agreed) await consents.Give(sql, grant.AccountId, grant.ClientId, request.Asked);
            await grants.Add(sql, grant, session.Account.IsTest);
            await audit.Approved(sql, context, grant.AccountId, grant.ClientId, grant.Id, SignInAudit.Session, time.GetUtcNow());
            var issued = await codes.Issue(sql, new AuthorizationCode
            {
                GrantId = grant.Id, Holder = CodeHolder.Client, RedirectUri = request.Target.RedirectUri, CodeChallenge = request.CodeChallenge, DpopKey = request.DpopKey, Nonce = request.Nonce,
                SignedInAt = session.SignedInAt, Methods = session.Methods, Context = Acr.Reached(session.Methods, request.AcrValues) ?? Acr.Of(session.Methods),
            });
            return (issued, false);
        }, ct);
        if (signedOut) return returns.No(context, request.Target, Refusals.LoginRequired);
        return code is { } given ? returns.Code(context, request.Target, given) : Show(context, Refusals.InvalidRequestUri);
    }

    public IResult Refuse(HttpContext context, AuthorizationRead read) => read switch
    {
        AuthorizationRead.Tell tell => returns.No(context, tell.Target, tell.Refusal),
        AuthorizationRead.Show show => Show(context, show.Refusal),
        _ => throw new InvalidOperationException("A valid request is not refused."),
    };

    public IResult Show(HttpContext context, Refusal refusal) => PageAnswers.WantsPage(context)
        ? new RefusalResult(refusal, pages.Notice(context, HallNotices.NotAsked, refusal.Status, inPopup: false, refusal.English))
        : refusal.AsCode();

    public IResult ForeignForm(HttpContext context) => pages.Notice(context, Notices.ForeignForm, 403, inPopup: false);

    /// <param name="back">Our own address, to be come back to.</param>
    public static IResult AskToSignIn(HttpContext context, AuthorizationRequest request, string back, Lack lack)
    {
        var query = new Dictionary<string, string?>
        {
            ["next"] = back, ["ui_locales"] = LocalesOf(context, request), ["login_hint"] = request.LoginHint,
            ["with"] = lack switch { Lack.Phone => "phone", Lack.Password => "password", _ => null },
        };
        return SeeOther(context, QueryHelpers.AddQueryString("/sign-in", query.Where(p => !string.IsNullOrEmpty(p.Value))));
    }

    public async Task<IResult> AskToAgree(HttpContext context, AuthorizationRequest request, BrowserSession session, string query, CancellationToken ct)
    {
        var agreed = await consents.Of(session.Account.Id, request.Platform.ClientId, ct);
        var language = pages.LanguageOf(context, LocalesOf(context, request));
        return pages.Show<ConsentPage>(context, language, "/oauth/authorize" + query, inPopup: true, 200, new()
        {
            ["Platform"] = new AskingPlatform(request.Platform.Name, request.Platform.Company, request.Platform.Domain.Host), ["Person"] = new Person(session.Account.Name, session.Account.Username),
            ["Scope"] = request.Asked, ["Agreed"] = agreed.Select(c => c.Scope).ToArray(), ["Links"] = PlatformLink.Of(request.Platform.Client), ["Hidden"] = new Dictionary<string, string> { ["request"] = query }, ["OtherAccountHref"] = AsAnother(context, request, query),
        }, formTarget: RedirectUris.OriginOf(request.Target.RedirectUri));
    }

    public static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    // The switch of our own pages stands in the address; what the platform said may lie in what it pushed.
    private static string? LocalesOf(HttpContext context, AuthorizationRequest request) => context.Request.Query["ui_locales"].ToString() is { Length: > 0 } said ? said : request.UiLocales;

    // By our own page and back: what a platform pushed or signed takes no word of ours.
    private static string AsAnother(HttpContext context, AuthorizationRequest request, string query) => QueryHelpers.AddQueryString(
        "/sign-in", new Dictionary<string, string?> { ["next"] = "/oauth/authorize" + query, ["ui_locales"] = LocalesOf(context, request) }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private Ceremony Completed(string pushed, Grant grant) => new()
    {
        Key = "pushed:" + pushed, Door = Door.OpenId, State = CeremonyState.Collected, Handle = pushed, ClientId = grant.ClientId, AccountId = grant.AccountId, GrantId = grant.Id,
        MovedAt = grant.GrantedAt, CollectUntil = grant.GrantedAt,

        // As long as a note of ours lets it be come back to, and an hour for clocks.
        KeepUntil = grant.GrantedAt + AskedAgain.Longest + TimeSpan.FromHours(1),
    };
}

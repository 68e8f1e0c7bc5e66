using Gapura.Kernel;
using Gapura.OpenId.Pages;
using Gapura.Sessions;
using Gapura.Sessions.Pages;
using Gapura.Storage;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.Authorization;

/// <summary>How an authorization request can end: a code, a no at the platform, a page for the person.</summary>
internal sealed class AuthorizationAnswers(
    PageAnswers pages, Database database, Grants grants, Consents consents, AuthorizationCodes codes, SignInAudit audit, TokenOptions options, TimeProvider time)
{
    /// <summary>The grant stands, the code is issued, the consent is remembered and it is written down, or none of it.</summary>
    public async Task<IResult> Allow(HttpContext context, AuthorizationRequest request, BrowserSession session, bool agreed, CancellationToken ct)
    {
        var grant = new Grant
        {
            Id = PublicId.New(time), AccountId = session.Account.Id, ClientId = request.Platform.ClientId, DeviceId = session.DeviceId, SessionId = session.Id, Door = Door.OpenId,
            Scope = string.Join(' ', request.Scope), GrantedAt = time.GetUtcNow(),
        };
        var code = await database.Write(async sql =>
        {
            if (agreed) await consents.Give(sql, grant.AccountId, grant.ClientId, request.Scope);
            await grants.Add(sql, grant);
            await audit.Approved(sql, context, grant.AccountId, grant.ClientId, grant.Id, SignInAudit.Session, time.GetUtcNow());
            return await codes.Issue(sql, new AuthorizationCode
            {
                GrantId = grant.Id, RedirectUri = request.RedirectUri, CodeChallenge = request.CodeChallenge, Nonce = request.Nonce, SignedInAt = session.SignedInAt,
                Methods = session.Methods, Context = Acr.Of(session.Methods),
            });
        }, ct);
        return Return(context, request.RedirectUri, new() { ["code"] = code.Reveal(), ["state"] = request.State });
    }

    public IResult Refuse(HttpContext context, AuthorizationRead read) => read switch
    {
        AuthorizationRead.Tell { Refusal: var refusal } tell => Return(context, tell.RedirectUri, new() { ["error"] = refusal.Code, ["error_description"] = refusal.English, ["state"] = tell.State }),
        AuthorizationRead.Show { Refusal: var refusal } => Show(context, refusal),
        _ => throw new InvalidOperationException("A valid request is not refused."),
    };

    public IResult Show(HttpContext context, Refusal refusal) =>
        PageAnswers.WantsPage(context) ? pages.Notice(context, HallNotices.NotAsked, refusal.Status, inPopup: false, refusal.English) : refusal.AsCode();

    public IResult ForeignForm(HttpContext context) => pages.Notice(context, Notices.ForeignForm, 403, inPopup: false);

    /// <param name="back">Our own address, to be come back to.</param>
    public IResult AskToSignIn(HttpContext context, AuthorizationRequest request, string back)
    {
        var query = new Dictionary<string, string?> { ["next"] = back, ["ui_locales"] = context.Request.Query["ui_locales"], ["login_hint"] = request.LoginHint };
        return SeeOther(context, QueryHelpers.AddQueryString("/sign-in", query.Where(p => !string.IsNullOrEmpty(p.Value))));
    }

    public async Task<IResult> AskToAgree(HttpContext context, AuthorizationRequest request, BrowserSession session, string query, CancellationToken ct)
    {
        var agreed = await consents.Of(session.Account.Id, request.Platform.ClientId, ct);
        var language = pages.LanguageOf(context);
        return pages.Show<ConsentPage>(context, language, "/oauth/authorize" + query, inPopup: true, 200, new()
        {
            ["Platform"] = new AskingPlatform(request.Platform.Name, request.Platform.Company, request.Platform.Domain.Host), ["Person"] = new Person(session.Account.Name, session.Account.Username),
            ["Scope"] = request.Scope, ["Agreed"] = agreed.Select(c => c.Scope).ToArray(), ["Links"] = PlatformLink.Of(request.Platform.Client), ["Hidden"] = new Dictionary<string, string> { ["request"] = query }, ["OtherAccountHref"] = With(query, "prompt", "select_account"),
        }, formTarget: WebOrigin.TryParse(new Uri(request.RedirectUri).GetLeftPart(UriPartial.Authority), out var origin) ? origin : null);
    }

    public static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static string With(string query, string name, string value)
    {
        var all = QueryHelpers.ParseQuery(query);
        all[name] = value;
        return QueryHelpers.AddQueryString("/oauth/authorize", all.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)));
    }

    // iss tells a client with several servers whose answer this is (RFC 9207).
    private IResult Return(HttpContext context, string redirectUri, Dictionary<string, string?> answer)
    {
        answer["iss"] = options.Issuer.Text;
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return SeeOther(context, QueryHelpers.AddQueryString(redirectUri, answer.Where(p => p.Value is not null)));
    }
}

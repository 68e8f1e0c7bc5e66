using Gapura.Audit;
using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.OpenId.Exchange;
using Gapura.OpenId.Pages;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Sessions.Pages;
using Gapura.Storage;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>What <c>/device</c> can answer: a page that asks for the code, one that asks for a decision, one that says it is done.</summary>
internal sealed class VerificationAnswers(PageAnswers pages, Database database, BrowserSessions sessions, Grants grants, Consents consents, DeviceCodes codes, SignInAudit audit, AuditLog log, Visitors visitors, TimeProvider time)
{
    private const string Path = "/device";

    public IResult AskForCode(HttpContext context, CodeProblem? problem)
    {
        var language = pages.LanguageOf(context);
        var status = problem switch { null => 200, CodeProblem.Throttled => 429, _ => 400 };
        return pages.Show<DeviceCodePage>(context, language, Path, inPopup: false, status, new()
        {
            ["Error"] = problem is { } why ? DeviceTexts.Of(why).In(language) : null,
        });
    }

    public static IResult AskToSignIn(HttpContext context, UserCode code) => AuthorizationAnswers.SeeOther(context, SignIn(code, context.Request.Query["ui_locales"]));

    public IResult AskToAllow(HttpContext context, BrowserSession session, UserCode code, DeviceCode waiting, Platform platform)
    {
        var language = pages.LanguageOf(context);
        var here = visitors.Of(context).Network;
        return pages.Show<DeviceConsentPage>(context, language, At(code), inPopup: false, 200, new()
        {
            ["Platform"] = new AskingPlatform(platform.Name, platform.Company, platform.Domain.Host), ["Person"] = new Person(session.Account.Name, session.Account.Username),
            ["Scope"] = waiting.Scope, ["Code"] = code.ToString(), ["OpenedAt"] = waiting.OpenedAt,
            ["Kind"] = DeviceTexts.Kind(waiting.From.Browser, waiting.From.System)?.In(language), ["Country"] = waiting.From.Country,
            ["SameNetwork"] = waiting.From.Network is { } there ? there == here : null, ["OtherAccountHref"] = SignIn(code, null),
        });
    }

    /// <summary>The grant stands, the device will be told, the consent is remembered and it is written down, or none of it.</summary>
    public async Task<IResult> Allow(HttpContext context, BrowserSession session, UserCode code, DeviceCode waiting, CancellationToken ct)
    {
        var grant = new Grant
        {
            Id = PublicId.New(time), AccountId = session.Account.Id, ClientId = waiting.ClientId, DeviceId = session.DeviceId, SessionId = session.Id, Door = Door.OpenId,
            Scope = string.Join(' ', waiting.Scope), GrantedAt = time.GetUtcNow(), SignedInAt = session.SignedInAt,
        };
        var proof = new SignInProof(session.SignedInAt, session.Methods, Acr.Of(session.Methods), Nonce: null);
        var isFirst = await database.Write<bool?>(async sql =>
        {
            // Whoever signs out at this moment ends what is given before, and nothing is given after.
            if (!await sessions.TryHold(sql, session)) return null;
            if (!await codes.TryApprove(sql, code, grant.Id, proof)) return false;
            await consents.Give(sql, grant.AccountId, grant.ClientId, waiting.Scope);
            await grants.Add(sql, grant, session.Account.IsTest);
            await audit.Approved(sql, context, grant.AccountId, grant.ClientId, grant.Id, SignInAudit.Session, time.GetUtcNow());
            return true;
        }, ct);
        return isFirst switch
        {
            true => AuthorizationAnswers.SeeOther(context, $"{Path}?done=allowed"),
            false => AskForCode(context, CodeProblem.Unknown),
            null => AskToSignIn(context, code),
        };
    }

    public async Task<IResult> Deny(HttpContext context, BrowserSession session, UserCode code, DeviceCode waiting, CancellationToken ct)
    {
        var isFirst = await database.Write(async sql =>
        {
            if (!await codes.TryDeny(sql, code)) return false;
            await log.Note(sql, new AuditEntry
            {
                Id = PublicId.New(time), At = time.GetUtcNow(), Action = AuditAction.SignInDenied, Actor = "account", AccountId = session.Account.Id, ClientId = waiting.ClientId,
                Browser = waiting.From.Browser, System = waiting.From.System, Network = waiting.From.Network, Country = waiting.From.Country, Details = "device_code",
            });
            return true;
        }, ct);
        return isFirst ? AuthorizationAnswers.SeeOther(context, $"{Path}?done=denied") : AskForCode(context, CodeProblem.Unknown);
    }

    public IResult Done(HttpContext context, bool allowed) => pages.Notice(context, allowed ? DeviceNotices.Allowed : DeviceNotices.Denied, 200, inPopup: false);

    public IResult ForeignForm(HttpContext context) => pages.Notice(context, Notices.ForeignForm, 403, inPopup: false);

    private static string At(UserCode code) => $"{Path}?user_code={code}";

    private static string SignIn(UserCode code, string? uiLocales)
    {
        var address = QueryHelpers.AddQueryString("/sign-in", "next", At(code));
        return string.IsNullOrEmpty(uiLocales) ? address : QueryHelpers.AddQueryString(address, "ui_locales", uiLocales);
    }
}

using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.Logout;

/// <summary>
/// <c>/oauth/logout</c>, the <c>end_session_endpoint</c> (OpenID Connect RP-Initiated Logout 1.0): a platform sends a person
/// to be signed out. They are asked, unless the platform shows that it is this very session it means.
/// </summary>
internal static class LogoutEndpoint
{
    // A form's answer is an address, and servers between us and the browser cut those off.
    private const int LongestAddress = 7_000;

    public static async Task<IResult> LogoutByGet(HttpContext context, Mint mint, Subjects subjects, PlatformRegister platforms, BrowserSessions sessions, LogoutAnswers answers, CancellationToken ct)
    {
        // 1. The request itself.
        var query = context.Request.QueryString.Value ?? "";
        if (Read(query, mint, platforms) is not LogoutRead.Valid { Request: var request }) return answers.Show(context, RefusalOf(query, mint, platforms));

        // 2. Somebody is signed in.
        if (await sessions.Find(context, ct) is not { } session) return answers.Over(context, request, ended: null);

        // 3. It is the session that the platform was told of; else the person says.
        return IsOf(request, session, subjects) ? await answers.End(context, request, ct) : answers.Ask(context, request, session, query);
    }

    /// <summary>The same by a form: answered with the address that says the same, so that our own cookies are there again.</summary>
    public static async Task<IResult> LogoutByPost(HttpContext context, LogoutAnswers answers, CancellationToken ct)
    {
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return answers.Show(context, malformed!);
        var address = QueryHelpers.AddQueryString("/oauth/logout", fields.All.Where(p => !string.IsNullOrEmpty(p.Value)));
        return address.Length > LongestAddress ? answers.Show(context, Refusals.InvalidRequest.Because("The parameters are too long.")) : AuthorizationAnswers.SeeOther(context, address);
    }

    /// <summary>The person has decided.</summary>
    public static async Task<IResult> Decide(HttpContext context, Mint mint, PlatformRegister platforms, SessionsOptions options, BrowserCookies cookies, LogoutAnswers answers, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, cookies.Session(context) is not null)) return answers.ForeignForm(context);
        var query = fields["request"] ?? "";
        if (Read(query, mint, platforms) is not LogoutRead.Valid { Request: var request }) return answers.Show(context, RefusalOf(query, mint, platforms));
        return fields["decision"] switch
        {
            "sign-out" => await answers.End(context, request, ct),
            "stay" => answers.Stay(context, request),
            _ => answers.Show(context, Refusals.InvalidRequest.Because("decision must be sign-out or stay.")),
        };
    }

    private static bool IsOf(LogoutRequest request, BrowserSession session, Subjects subjects) =>
        request.Hint is { SessionId: { } told } hint && session.Id is { } id && told == subjects.SessionOf(id, hint.ClientId);

    private static LogoutRead Read(string query, Mint mint, PlatformRegister platforms)
    {
        var values = QueryHelpers.ParseQuery(query);
        return LogoutSteps.Read(name => values.TryGetValue(name, out var found) ? [.. found] : [], mint.ReadIdToken, platforms.Active);
    }

    private static Refusal RefusalOf(string query, Mint mint, PlatformRegister platforms) => ((LogoutRead.Show)Read(query, mint, platforms)).Refusal;
}

using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Sessions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gapura.OpenId.Authorization;

/// <summary>
/// <c>/oauth/authorize</c> (RFC 6749 section 3.1, OpenID Connect Core 1.0 section 3.1.2): is the request right, is the person
/// signed in and lately enough, have they agreed? Whatever is missing is asked for, and the same address is come back to.
/// </summary>
internal static class AuthorizationEndpoint
{
    private const string Asked = "gapura_asked";

    public static Task<IResult> AuthorizeByGet(HttpContext context, PlatformRegister platforms, BrowserSessions sessions, Consents consents, AuthorizationAnswers answers, AskedAgain asked, TimeProvider time, CancellationToken ct) =>
        Authorize(context, context.Request.QueryString.Value ?? "", platforms, sessions, consents, answers, asked, time, ct);

    /// <summary>The same by a form (section 3.1.2.1): answered with the address that says the same, so that our own cookies are there again.</summary>
    public static async Task<IResult> AuthorizeByPost(HttpContext context, AuthorizationAnswers answers, CancellationToken ct)
    {
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        return fields is null ? answers.Show(context, malformed!) : AuthorizationAnswers.SeeOther(context, QueryHelpers.AddQueryString("/oauth/authorize", fields.All));
    }

    /// <summary>The person has decided.</summary>
    public static async Task<IResult> Decide(HttpContext context, PlatformRegister platforms, SessionsOptions options, BrowserSessions sessions, AuthorizationAnswers answers, AskedAgain asked, TimeProvider time, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        var session = await sessions.Find(context, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, session is not null)) return answers.ForeignForm(context);
        var query = fields["request"] ?? "";
        if (Read(query, platforms, out var plain) is not AuthorizationRead.Valid { Request: var request } read) return answers.Refuse(context, Read(query, platforms, out _));
        if (session is null || !IsFreshEnough(request, session, asked.Read(Value(query, Asked), plain), time.GetUtcNow())) return AuthorizationAnswers.SeeOther(context, "/oauth/authorize" + query);
        return fields["decision"] == "allow"
            ? await answers.Allow(context, request, session, agreed: true, ct)
            : answers.Refuse(context, new AuthorizationRead.Tell(request.RedirectUri, request.State, Refusals.AccessDenied));
    }

    private static async Task<IResult> Authorize(HttpContext context, string query, PlatformRegister platforms, BrowserSessions sessions, Consents consents, AuthorizationAnswers answers, AskedAgain asked, TimeProvider time, CancellationToken ct)
    {
        // 1. The request itself.
        if (Read(query, platforms, out var plain) is not AuthorizationRead.Valid { Request: var request }) return answers.Refuse(context, Read(query, platforms, out _));

        // 2. Somebody is signed in, and lately enough.
        var session = await sessions.Find(context, ct);
        if (session is null || !IsFreshEnough(request, session, asked.Read(Value(query, Asked), plain), time.GetUtcNow()))
            return request.Prompt == Prompt.None
                ? answers.Refuse(context, new AuthorizationRead.Tell(request.RedirectUri, request.State, Refusals.LoginRequired))
                : answers.AskToSignIn(context, request, $"/oauth/authorize{plain}&{Asked}={asked.Note(plain)}");

        // 3. They have agreed to what is asked for.
        if (!request.Prompt.HasFlag(Prompt.Consent) && await consents.Cover(session.Account.Id, request.Platform.ClientId, request.Scope, ct)) return await answers.Allow(context, request, session, agreed: false, ct);
        return request.Prompt == Prompt.None
            ? answers.Refuse(context, new AuthorizationRead.Tell(request.RedirectUri, request.State, Refusals.ConsentRequired))
            : await answers.AskToAgree(context, request, session, query, ct);
    }

    // prompt=login and select_account ask once, whoever is signed in; max_age as often as it says.
    private static bool IsFreshEnough(AuthorizationRequest request, BrowserSession session, DateTimeOffset? asked, DateTimeOffset now)
    {
        var isSince = asked is not null && session.SignedInAt >= asked;
        if ((request.Prompt.HasFlag(Prompt.Login) || request.Prompt.HasFlag(Prompt.SelectAccount)) && !isSince) return false;
        return request.MaxAge is not { } most || isSince || now - session.SignedInAt <= most;
    }

    /// <param name="plain">The query without our own note.</param>
    private static AuthorizationRead Read(string query, PlatformRegister platforms, out string plain)
    {
        var values = QueryHelpers.ParseQuery(query);
        plain = query.Split('&') is var parts && parts.Any(p => p.StartsWith(Asked + "=", StringComparison.Ordinal))
            ? string.Join('&', parts.Where(p => !p.StartsWith(Asked + "=", StringComparison.Ordinal))) : query;
        return AuthorizationSteps.Read(name => values.TryGetValue(name, out var found) ? [.. found] : [], platforms.Active);
    }

    private static string? Value(string query, string name) => QueryHelpers.ParseQuery(query).TryGetValue(name, out StringValues values) && values.Count == 1 ? values[0] : null;
}

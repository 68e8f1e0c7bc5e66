using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.Authorization;

/// <summary>
/// <c>/oauth/authorize</c> (RFC 6749 section 3.1, OpenID Connect Core 1.0 section 3.1.2): is the request right, is the person
/// signed in as it wants, have they agreed? Whatever is missing is asked for, and the same address is come back to.
/// </summary>
internal sealed class AuthorizationEndpoint(
    AuthorizationRequests requests, BrowserSessions sessions, Subjects subjects, Consents consents, AuthorizationAnswers answers, AskedAgain asked, SessionsOptions options, TimeProvider time)
{
    // A form's answer is an address, and servers between us and the browser cut those off.
    private const int LongestAddress = 7_000;

    public static Task<IResult> AuthorizeByGet(HttpContext context, AuthorizationEndpoint endpoint, CancellationToken ct) => endpoint.Authorize(context, ct);

    /// <summary>The same by a form (section 3.1.2.1): answered with the address that says the same, so that our own cookies are there again.</summary>
    public static async Task<IResult> AuthorizeByPost(HttpContext context, AuthorizationAnswers answers, CancellationToken ct)
    {
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return answers.Show(context, malformed!);
        var address = QueryHelpers.AddQueryString("/oauth/authorize", fields.All);
        return address.Length > LongestAddress ? answers.Show(context, Refusals.InvalidRequest.Because("The parameters are too long: push them (RFC 9126).")) : AuthorizationAnswers.SeeOther(context, address);
    }

    /// <summary>The person has decided.</summary>
    public static Task<IResult> Decide(HttpContext context, AuthorizationEndpoint endpoint, CancellationToken ct) => endpoint.Decide(context, ct);

    private async Task<IResult> Authorize(HttpContext context, CancellationToken ct)
    {
        // 1. The request itself.
        var query = AuthorizationQuery.Read(context.Request.QueryString.Value ?? "", asked);
        var read = await requests.Read(query, ct);
        if (read is not AuthorizationRead.Valid { Request: var request }) return answers.Refuse(context, read);

        // 2. Somebody is signed in, lately, strongly and rightly enough.
        var session = Admitted(request, await sessions.Find(context, ct));
        var lack = LackOf(request, session, query);
        if (lack == Lack.OtherPerson && session!.SignedInAt >= query.AskedAt) return answers.Refuse(context, new AuthorizationRead.Tell(request.Target, Refusals.LoginRequired));
        if (lack != Lack.Nothing)
            return request.Prompt == Prompt.None
                ? answers.Refuse(context, new AuthorizationRead.Tell(request.Target, Refusals.LoginRequired))
                : AuthorizationAnswers.AskToSignIn(context, request, query.Back(asked), lack);

        // 3. They have agreed to what is asked for.
        if (!request.Prompt.HasFlag(Prompt.Consent) && await consents.Cover(session!.Account.Id, request.Platform.ClientId, request.Asked, ct)) return await answers.Allow(context, request, session, agreed: false, ct);
        return request.Prompt == Prompt.None
            ? answers.Refuse(context, new AuthorizationRead.Tell(request.Target, Refusals.ConsentRequired))
            : await answers.AskToAgree(context, request, session!, query.Noted(asked), ct);
    }

    private async Task<IResult> Decide(HttpContext context, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        var session = await sessions.Find(context, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, session is not null)) return answers.ForeignForm(context);
        if (fields["request"] is not { } text || text.Any(c => c is <= ' ' or > '~')) return answers.Show(context, Refusals.InvalidRequest);
        var query = AuthorizationQuery.Read(text, asked);
        var read = await requests.Read(query, ct);
        if (read is not AuthorizationRead.Valid { Request: var request }) return answers.Refuse(context, read);
        session = Admitted(request, session);
        if (LackOf(request, session, query) != Lack.Nothing) return AuthorizationAnswers.SeeOther(context, "/oauth/authorize" + query.Text);
        return fields["decision"] == "allow"
            ? await answers.Allow(context, request, session!, agreed: true, ct)
            : answers.Refuse(context, new AuthorizationRead.Tell(request.Target, Refusals.AccessDenied));
    }

    // Of the wrong kind for this platform is nobody at all.
    private static BrowserSession? Admitted(AuthorizationRequest request, BrowserSession? session) => session is not null && request.Platform.Admits(session.Account) ? session : null;

    private Lack LackOf(AuthorizationRequest request, BrowserSession? session, AuthorizationQuery query) =>
        SignInRules.Of(request, session, session is null ? null : subjects.Of(session.Account.Id, request.Platform), query.AskedAt, time.GetUtcNow());
}

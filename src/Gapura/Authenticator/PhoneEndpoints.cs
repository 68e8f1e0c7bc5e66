using Gapura.Accounts;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Protocol.Signatures;
using Gapura.Sessions;
using Gapura.Storage;

namespace Gapura.Authenticator;

/// <summary>The phone's own session and what it shows there: <c>docs/phone.md</c>. From a page of ours only.</summary>
internal static class PhoneEndpoints
{
    public static void MapPhone(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/phone/sign-in", SignIn);
        routes.MapPost("/v1/phone/challenge", Challenge);
        routes.MapPost("/v1/phone/session", OpenSession);
        routes.MapGet("/v1/phone", Show);
        routes.MapGet("/v1/phone/sign-ins", History);
        routes.MapPost("/v1/phone/sign-ins/{id}/report", Report);
        routes.RefuseOtherMethods("POST", "/v1/phone/sign-in", "/v1/phone/challenge", "/v1/phone/session");
        routes.RefuseOtherMethods("GET", "/v1/phone", "/v1/phone/sign-ins");
    }

    private static async Task<IResult> SignIn(HttpContext context, SessionsOptions options, PasswordSignIn passwords, Database database, CancellationToken ct)
    {
        var (fields, refusal) = await ReadOwn(context, options, ct);
        if (fields is null) return refusal!.AsCode();
        if (fields.Text("username", 1, 200) is not { } username) return Missing("username must be a text of 1 to 200 characters.");
        if (fields["password"] is not { Length: > 0 } password) return Missing("password must be a text.");
        switch (await passwords.Try(context, username, password, platform: null, ct))
        {
            case PasswordAnswer.Right right:
                passwords.SetCookies(context, await database.Write(sql => passwords.Complete(sql, context, right), ct));
                return SignedInAs(right.Account);
            case PasswordAnswer.No no:
                if (no.RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
                return no.Refusal.AsCode();
            default:
                throw new InvalidOperationException("A password is right or not.");
        }
    }

    private static async Task<IResult> Challenge(HttpContext context, SessionsOptions options, PhoneSessions phones, CancellationToken ct)
    {
        var (fields, refusal) = await ReadOwn(context, options, ct);
        if (fields is null) return refusal!.AsCode();
        if (!DevicePublicKey.TryParse(fields["publicKey"], out var key)) return NoKey();
        var (text, expiresAt) = phones.Challenge(key);
        return Results.Json(new PhoneChallengeAnswer(text, expiresAt.ToUnixTimeSeconds()), PhoneJson.Wire.PhoneChallengeAnswer);
    }

    private static async Task<IResult> OpenSession(HttpContext context, SessionsOptions options, PhoneSessions phones, BrowserCookies cookies, CancellationToken ct)
    {
        var (fields, refusal) = await ReadOwn(context, options, ct);
        if (fields is null) return refusal!.AsCode();
        if (!DevicePublicKey.TryParse(fields["publicKey"], out var key)) return NoKey();
        switch (await phones.Open(key, fields["challenge"] ?? "", fields["signature"] ?? "", cookies.Session(context), ct))
        {
            case PhoneSession.Opened opened:
                cookies.SetSession(context, opened.Cookie);
                return SignedInAs(opened.Account);
            case PhoneSession.No no:
                return no.Refusal.AsCode();
            default:
                throw new InvalidOperationException("A session is opened or not.");
        }
    }

    private static async Task<IResult> Show(HttpContext context, SignedIn signedIn, PushKeys keys, PushOptions push, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        return session is null ? refusal!.AsCode()
            : Results.Json(new PhoneAnswer(new(session.Account.Name, session.Account.Username), push.Hosts.Count > 0 ? keys.PublicKey : null), PhoneJson.Wire.PhoneAnswer);
    }

    private static async Task<IResult> History(HttpContext context, SignedIn signedIn, SignInHistory history, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        return session is null ? refusal!.AsCode() : Results.Json(await history.Of(session.Account.Id, ct), PhoneJson.Wire.IReadOnlyListSignInAnswer);
    }

    private static async Task<IResult> Report(string id, HttpContext context, SignedIn signedIn, BrowserCookies cookies, Visitors visitors, SignInReports reports, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        if (session is null) return refusal!.AsCode();
        if (id.Length > 64 || id.Any(c => !char.IsAsciiLetterOrDigit(c))) return Refusals.NotFound.AsCode();
        return await reports.Report(id, session, cookies.Session(context)!.Value, visitors.Of(context), ct)
            ? Results.Json(new RevokedAnswer(true), PhoneJson.Wire.RevokedAnswer)
            : Refusals.NotFound.AsCode();
    }

    // Whoever has no session yet could be sent here by a foreign page, and be signed in as somebody else.
    private static async Task<(RequestFields? Fields, Refusal? Refusal)> ReadOwn(HttpContext context, SessionsOptions options, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        return OwnForms.IsOwn(context, options, hasCookie: false) ? await RequestFields.Read(context.Request, ct) : (null, Refusals.ForeignForm);
    }

    private static IResult SignedInAs(Account account) => Results.Json(new SignedInAnswer(new(account.Name, account.Username)), PhoneJson.Wire.SignedInAnswer);

    private static IResult NoKey() => Missing("publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1.");

    private static IResult Missing(string sentence) => Refusals.InvalidRequest.Because(sentence).AsCode();
}

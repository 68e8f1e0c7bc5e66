using System.Net;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.OpenId.DeviceFlow;

/// <summary>
/// <c>/device</c> (RFC 8628 section 3.3): the person types the code or brings it along, signs in, and decides with the code
/// before their eyes. Whether a code is waiting is told to nobody who is not signed in, and to nobody who keeps guessing.
/// </summary>
internal static class VerificationEndpoint
{
    public static async Task<IResult> Show(HttpContext context, BrowserSessions sessions, CodeGuesses guesses, DeviceCodes codes, PlatformRegister platforms, VerificationAnswers answers, CancellationToken ct)
    {
        // 1. check_user_code
        var typed = context.Request.Query["user_code"].ToString();
        if (context.Request.Query["done"].ToString() is { Length: > 0 } done) return answers.Done(context, allowed: done == "allowed");
        if (typed.Length == 0) return answers.AskForCode(context, null);
        if (UserCode.Read(typed) is not { } code) return answers.AskForCode(context, CodeProblem.Malformed);

        // 2. load_session, 3. count_guess, load_code
        if (await sessions.Find(context, ct) is not { } session) return VerificationAnswers.AskToSignIn(context, code);
        var (waiting, no) = await guesses.Try(session, code, context.Connection.RemoteIpAddress ?? IPAddress.None, ct);
        return waiting is not null && platforms.Active(waiting.ClientId) is { } platform && platform.Admits(session.Account)
            ? answers.AskToAllow(context, session, code, waiting, platform)
            : answers.AskForCode(context, no ?? CodeProblem.Unknown);
    }

    /// <summary>The person has decided.</summary>
    public static async Task<IResult> Decide(HttpContext context, SessionsOptions options, BrowserSessions sessions, CodeGuesses guesses, PlatformRegister platforms, VerificationAnswers answers, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        var session = await sessions.Find(context, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, session is not null)) return answers.ForeignForm(context);
        if (UserCode.Read(fields["user_code"]) is not { } code) return answers.AskForCode(context, CodeProblem.Malformed);
        if (session is null) return VerificationAnswers.AskToSignIn(context, code);
        var (waiting, no) = await guesses.Try(session, code, context.Connection.RemoteIpAddress ?? IPAddress.None, ct);
        if (waiting is null || platforms.Active(waiting.ClientId)?.Admits(session.Account) != true) return answers.AskForCode(context, no ?? CodeProblem.Unknown);
        return fields["decision"] == "allow" ? await answers.Allow(context, session, code, waiting, ct) : await answers.Deny(context, session, code, waiting, ct);
    }
}

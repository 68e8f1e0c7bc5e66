using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.Sessions;

namespace Gapura.OpenId.Connected;

/// <summary><c>/account/platforms</c>: what a person sees of the platforms that know them, and takes back.</summary>
internal static class ConnectedEndpoints
{
    public const string Address = "/account/platforms";
    public const string TakeBackAddress = "/account/platforms/take-back";

    private const string Done = "taken-back";

    public static async Task<IResult> Show(HttpContext context, BrowserSessions sessions, PlatformPages pages, CancellationToken ct) =>
        await sessions.Find(context, ct) is { } session
            ? await pages.Show(context, session, isDone: context.Request.Query["done"] == Done, ct)
            : AuthorizationAnswers.SeeOther(context, "/sign-in");

    /// <summary>Form field <c>platform</c>: a client id. What is not of this person is passed over.</summary>
    public static async Task<IResult> TakeBack(HttpContext context, SessionsOptions options, BrowserSessions sessions, ConnectedPlatforms connected, Visitors visitors, PageAnswers answers, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        var session = await sessions.Find(context, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, session is not null)) return answers.Notice(context, Sessions.Pages.Notices.ForeignForm, 403, inPopup: false);
        if (session is null) return AuthorizationAnswers.SeeOther(context, "/sign-in");
        var ended = await connected.TakeBack(session.Account.Id, fields.Text("platform", 1, 64) ?? "", visitors.Hand(context, session), ct);
        return AuthorizationAnswers.SeeOther(context, ended is null ? Address : $"{Address}?done={Done}");
    }
}

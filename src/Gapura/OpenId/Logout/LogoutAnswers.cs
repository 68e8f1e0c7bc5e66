using Gapura.Kernel;
using Gapura.OpenId.Pages;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Sessions.Pages;

namespace Gapura.OpenId.Logout;

/// <summary>How a wish to sign out can end: done, a question, a no.</summary>
internal sealed class LogoutAnswers(PageAnswers pages, SignOut signOut, SignedOutAnswers signedOut)
{
    public const string ConfirmAddress = "/oauth/logout/confirm";

    public async Task<IResult> End(HttpContext context, LogoutRequest request, CancellationToken ct) =>
        Over(context, request, await signOut.Of(context, request.Platform?.ClientId ?? PlatformRegister.OwnClientId, ct));

    /// <param name="ended">Null when nobody was signed in here.</param>
    public IResult Over(HttpContext context, LogoutRequest request, EndedSession? ended)
    {
        var onward = request.ReturnAddress is null ? null : new NoticeLink(LogoutTexts.BackTo(request.Platform!.Name).In(pages.LanguageOf(context, request.UiLocales)), request.ReturnAddress);
        return signedOut.Of(context, ended, onward, request.UiLocales);
    }

    /// <param name="query">The request as it came.</param>
    public IResult Ask(HttpContext context, LogoutRequest request, BrowserSession session, string query) => pages.Show<LogoutPage>(
        context, pages.LanguageOf(context, request.UiLocales), "/oauth/logout" + query, inPopup: false, 200, new()
        {
            ["Person"] = new Person(session.Account.Name, session.Account.Username), ["Platform"] = request.Platform?.Name, ["Host"] = request.Platform?.Domain.Host,
            ["Hidden"] = new Dictionary<string, string> { ["request"] = query }, ["Action"] = ConfirmAddress,
        }, formTarget: request.ReturnAddress is { } address ? RedirectUris.OriginOf(address) : null);

    public IResult Stay(HttpContext context, LogoutRequest request)
    {
        var language = pages.LanguageOf(context, request.UiLocales);
        var back = request.Platform is { } platform ? new NoticeLink(LogoutTexts.BackTo(platform.Name).In(language), platform.Domain.Text) : new NoticeLink(LogoutTexts.ToAccount.In(language), "/account");
        return pages.Notice(context, LogoutNotes.Stayed, 200, inPopup: false, link: back);
    }

    public IResult Show(HttpContext context, Refusal refusal) =>
        PageAnswers.WantsPage(context) ? new RefusalResult(refusal, pages.Notice(context, LogoutNotes.NotAsked, refusal.Status, inPopup: false, refusal.English, new NoticeLink(LogoutTexts.ToAccount.In(pages.LanguageOf(context)), "/account"))) : refusal.AsCode();

    public IResult ForeignForm(HttpContext context) => pages.Notice(context, Notices.ForeignForm, 403, inPopup: false);
}

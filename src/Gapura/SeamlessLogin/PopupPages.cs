using System.Globalization;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.SeamlessLogin.Pages;
using Gapura.Sessions;
using Gapura.Sessions.Pages;

namespace Gapura.SeamlessLogin;

/// <summary>What each turn of a popup looks like.</summary>
internal sealed class PopupPages(PageAnswers answers, SessionsOptions options)
{
    /// <param name="no">Why the password was refused.</param>
    /// <param name="username">Typed with it.</param>
    /// <param name="phoneNo">Why what a phone approved was refused.</param>
    public IResult SignIn(HttpContext context, Popup popup, PasswordAnswer.No? no = null, string? username = null, Refusal? phoneNo = null)
    {
        var language = answers.LanguageOf(context, popup.UiLocales);
        if (no?.RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return answers.Show<SignInPage>(context, language, popup.Address, !popup.HandOver.IsWholePage, (no?.Refusal ?? phoneNo)?.Status ?? 200, new()
        {
            ["Partner"] = popup.Partner, ["ClientId"] = popup.Platform.ClientId, ["Action"] = "/seamlesslogin/sign-in", ["PhoneAction"] = "/seamlesslogin/phone",
            ["Hidden"] = popup.Hidden(language), ["Username"] = username, ["Error"] = no?.Refusal.In(language), ["PhoneError"] = phoneNo?.In(language), ["Address"] = popup.Address,
            ["NeedsScript"] = popup.HandOver.RedirectUri is null,
        }, asks: true, formTarget: GoesOnTo(popup));
    }

    public IResult Confirm(HttpContext context, Popup popup, BrowserSession session)
    {
        var language = answers.LanguageOf(context, popup.UiLocales);
        return answers.Show<ConfirmPage>(context, language, popup.Address, !popup.HandOver.IsWholePage, 200, new()
        {
            ["Partner"] = popup.Partner, ["Person"] = new Person(session.Account.Name, session.Account.Username), ["Action"] = "/seamlesslogin/confirm",
            ["Hidden"] = popup.Hidden(language), ["OtherAccountHref"] = popup.Address + "&another=1", ["Address"] = popup.Address,
            ["NeedsScript"] = popup.HandOver.RedirectUri is null,
        }, formTarget: GoesOnTo(popup));
    }

    /// <param name="handedOver">Null when the ticket was spent by another request of the same moment.</param>
    public IResult HandOver(HttpContext context, Popup popup, HandedOver? handedOver)
    {
        if (handedOver is null) return Refuse(context, Refusals.TicketSpent);
        if (handedOver.Message is null) return GoOn(context, handedOver.Return!);
        return answers.Show<MessagePage>(context, answers.LanguageOf(context, popup.UiLocales), address: null, inPopup: true, 200, new()
        {
            ["Partner"] = popup.Partner, ["Message"] = handedOver.Message, ["IsAcknowledged"] = popup.HandOver.IsAcknowledged, ["Return"] = handedOver.Return,
        });
    }

    /// <summary>The documented status and sentence: as a page for a person, as JSON for everybody else.</summary>
    public IResult Refuse(HttpContext context, Refusal refusal)
    {
        // On the wire a spent ticket is refused with the one documented sentence, as an unknown one is.
        var wire = refusal == Refusals.TicketSpent ? Refusals.ApiKeyNotValid : refusal;
        context.Response.Headers.CacheControl = "no-store";
        if (!PageAnswers.WantsPage(context)) return new RefusalResult(refusal, wire.AsBareSentence());
        context.NoteRefusal(refusal);
        return answers.Notice(context, refusal == Refusals.TicketSpent ? TicketNotices.Spent : refusal.Status == 400 ? TicketNotices.WrongRequest : TicketNotices.NotValid, refusal.Status, inPopup: true, wire.English);
    }

    public bool IsOwnForm(HttpContext context, string? ticket) => OwnForms.IsOwn(context, options, Popups.HasCookie(context, ticket));

    public IResult ForeignForm(HttpContext context) =>
        PageAnswers.WantsPage(context) ? answers.Notice(context, Notices.ForeignForm, 403, inPopup: true) : Refusals.ForeignForm.AsSentence();

    private static IResult GoOn(HttpContext context, string address)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    // Browsers hold the redirect that follows a form to the page's policy.
    private static WebOrigin? GoesOnTo(Popup popup) => popup.HandOver is { IsWholePage: true, RedirectUri: { } page } ? RedirectUris.OriginOf(page) : null;
}

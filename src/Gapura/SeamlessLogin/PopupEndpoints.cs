using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.SeamlessLogin;

/// <summary>The popup's requests. A ticket opens the form as often as needed; a completed sign-in spends it.</summary>
internal static class PopupEndpoints
{
    public static async Task<IResult> Open(HttpContext context, Popups popups, PopupPages pages, BrowserSessions sessions, CancellationToken ct)
    {
        var query = context.Request.Query;
        var (popup, refusal) = await popups.Read(context, name => query[name], ct);
        if (popup is null) return pages.Refuse(context, refusal!);
        popups.Remember(context, popup);
        return query.ContainsKey("another") || await sessions.Find(context, ct) is not { } session || !popup.Platform.Admits(session.Account)
            ? pages.SignIn(context, popup)
            : pages.Confirm(context, popup, session);
    }

    /// <summary>For a platform that keeps the ticket out of addresses. Answered with a redirect, so that our own cookies are there again.</summary>
    public static async Task<IResult> OpenPosted(HttpContext context, Popups popups, PopupPages pages, CancellationToken ct)
    {
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        var (popup, refusal) = fields is null ? (null, malformed) : await popups.Read(context, name => fields[name], ct);
        if (popup is null) return pages.Refuse(context, refusal!);
        popups.Remember(context, popup);
        context.Response.Headers.Location = popup.Address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    public static async Task<IResult> SignIn(HttpContext context, Popups popups, PopupPages pages, PasswordSignIn passwords, PopupSignIn signIn, CancellationToken ct)
    {
        var (fields, popup, refused) = await ReadForm(context, popups, pages, ct);
        if (refused is not null) return refused;
        var username = fields!["username"] ?? "";
        return await passwords.Try(context, username, fields["password"] ?? "", popup!.Platform, ct) switch
        {
            PasswordAnswer.Right right => pages.HandOver(context, popup!, await signIn.CompleteByPassword(context, popup!, right, ct)),
            PasswordAnswer.No no => pages.SignIn(context, popup!, no, username),
            _ => throw new InvalidOperationException("A password is right or not."),
        };
    }

    /// <summary>A phone approved what the page's code said, and the page brings what it collected.</summary>
    public static async Task<IResult> Phone(HttpContext context, Popups popups, PopupPages pages, PhoneSignIn phones, PopupSignIn signIn, CancellationToken ct)
    {
        var (fields, popup, refused) = await ReadForm(context, popups, pages, ct);
        if (refused is not null) return refused;
        var (handedOver, no) = await phones.Read(fields!["accessToken"], popup!.Platform.ClientId, ct) is { } proof
            ? await signIn.CompleteByPhone(context, popup, proof, ct)
            : (null, Refusals.PhoneSignInNotValid);
        return no == Refusals.PhoneSignInNotValid ? pages.SignIn(context, popup, phoneNo: no) : pages.HandOver(context, popup, handedOver);
    }

    public static async Task<IResult> Confirm(HttpContext context, Popups popups, PopupPages pages, BrowserSessions sessions, PopupSignIn signIn, CancellationToken ct)
    {
        var (_, popup, refused) = await ReadForm(context, popups, pages, ct);
        if (refused is not null) return refused;

        // Signed out meanwhile, in another tab: ask for the password after all.
        return await sessions.Find(context, ct) is { } session && popup!.Platform.Admits(session.Account)
            ? pages.HandOver(context, popup!, await signIn.CompleteBySession(context, popup!, session, ct))
            : pages.SignIn(context, popup!);
    }

    private static async Task<(RequestFields? Fields, Popup? Popup, IResult? Refused)> ReadForm(HttpContext context, Popups popups, PopupPages pages, CancellationToken ct)
    {
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return (null, null, pages.Refuse(context, malformed!));
        if (!pages.IsOwnForm(context, fields["token"])) return (null, null, pages.ForeignForm(context));
        var (popup, refusal) = await popups.Read(context, name => fields[name], ct);
        return popup is null ? (null, null, pages.Refuse(context, refusal!)) : (fields, popup, null);
    }
}

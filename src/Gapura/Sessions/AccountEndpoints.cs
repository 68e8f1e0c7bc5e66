using Gapura.Accounts;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Sessions.Pages;
using Gapura.Storage;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Sessions;

/// <summary>Our own pages for the person who signed in: sign in, look at the account, revoke a phone, sign out.</summary>
internal static class AccountEndpoints
{
    private static readonly Text PhoneRevoked = new("Ponsel itu tidak dapat lagi dipakai untuk masuk.", "That phone can no longer be used to sign in.");

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/account"));
        routes.MapGet("/sign-in", ShowSignIn);
        routes.MapPost("/sign-in", SignIn);
        routes.MapPost("/sign-in/phone", SignInByPhone);
        routes.MapPost("/sign-out", SignOut);
        routes.MapGet("/account", ShowAccount);
        routes.MapPost("/account/devices/revoke", RevokeDevice);
    }

    // Somebody who is sent here by a request is asked, whoever is signed in.
    private static async Task<IResult> ShowSignIn(HttpContext context, PageAnswers answers, BrowserSessions sessions, PlatformRegister platforms, CancellationToken ct)
    {
        var next = NextPage.Read(context.Request.Query["next"], platforms);
        return next.IsAccount && await sessions.Find(context, ct) is not null ? Results.Redirect(next.Address) : SignInForm(context, answers, next, Only(context.Request.Query["with"]), username: context.Request.Query["login_hint"]);
    }

    private static async Task<IResult> SignIn(HttpContext context, PageAnswers answers, PlatformRegister platforms, SessionsOptions options, PasswordSignIn passwords, Database database, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, hasCookie: false)) return answers.Notice(context, Notices.ForeignForm, 403, inPopup: false);
        var next = NextPage.Read(fields["next"], platforms);
        var answer = await passwords.Try(context, fields["username"] ?? "", fields["password"] ?? "", next.Platform, ct);
        if (answer is not PasswordAnswer.Right right) return SignInForm(context, answers, next, Only(fields["with"]), (PasswordAnswer.No)answer, fields["username"]);
        passwords.SetCookies(context, await database.Write(sql => passwords.Complete(sql, context, right), ct));
        return SeeOther(context, next.Address);
    }

    private static async Task<IResult> SignInByPhone(HttpContext context, PageAnswers answers, PlatformRegister platforms, SessionsOptions options, PhoneSignIn phones, Database database, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, hasCookie: false)) return answers.Notice(context, Notices.ForeignForm, 403, inPopup: false);
        var next = NextPage.Read(fields["next"], platforms);
        if (await phones.Read(fields["accessToken"], PlatformRegister.OwnClientId, ct) is not { } proof || next.Platform?.Admits(proof.Account) == false || await database.Write(sql => phones.Complete(sql, context, proof), ct) is not { } session)
            return SignInForm(context, answers, next, Only(fields["with"]), phoneNo: Refusals.PhoneSignInNotValid);
        phones.SetCookies(context, session);
        return SeeOther(context, next.Address);
    }

    private static async Task<IResult> SignOut(HttpContext context, PageAnswers answers, SessionsOptions options, BrowserCookies cookies, SignOut signOut, SignedOutAnswers signedOut, CancellationToken ct)
    {
        if (!OwnForms.IsOwn(context, options, cookies.Session(context) is not null)) return answers.Notice(context, Notices.ForeignForm, 403, inPopup: false);
        var ended = await signOut.Of(context, PlatformRegister.OwnClientId, ct);
        return signedOut.Of(context, ended, new NoticeLink(Texts.GoOn.In(answers.LanguageOf(context)), "/sign-in"));
    }

    private static async Task<IResult> ShowAccount(HttpContext context, PageAnswers answers, BrowserSessions sessions, DeviceRegister devices, CancellationToken ct)
    {
        if (await sessions.Find(context, ct) is not { Account: var account }) return SeeOther(context, "/sign-in");
        var language = answers.LanguageOf(context);
        var phones = (await devices.Of(account.Id, ct)).Where(d => d.RevokedAt is null);
        return answers.Show<AccountPage>(context, language, "/account", inPopup: false, 200, new()
        {
            ["Person"] = new Person(account.Name, account.Username), ["Npwp"] = account.Npwp,
            ["Phones"] = phones.Select(d => new EnrolledPhone(d.Id, d.Name, d.EnrolledAt, d.LastUsedAt)).ToArray(),
            ["SignOutAction"] = "/sign-out", ["RevokeAction"] = "/account/devices/revoke",
            ["Done"] = context.Request.Query["done"] == "revoked" ? PhoneRevoked.In(language) : null,
        });
    }

    private static async Task<IResult> RevokeDevice(HttpContext context, PageAnswers answers, SessionsOptions options, BrowserSessions sessions, DeviceRegister devices, Visitors visitors, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        var session = await sessions.Find(context, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, session is not null)) return answers.Notice(context, Notices.ForeignForm, 403, inPopup: false);
        if (session is null) return SeeOther(context, "/sign-in");
        await devices.Revoke(fields.Text("device", 1, 64) ?? "", session.Account.Id, visitors.Hand(context, session), ct);
        return SeeOther(context, "/account?done=revoked");
    }

    // What a site wants to be shown: a hint for the page. Whether it was shown is asked when they come back.
    private static string? Only(string? with) => with is "phone" or "password" ? with : null;

    private static IResult SignInForm(HttpContext context, PageAnswers answers, NextPage next, string? only, PasswordAnswer.No? no = null, string? username = null, Refusal? phoneNo = null)
    {
        var language = answers.LanguageOf(context);
        if (no?.RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
        var hidden = new Dictionary<string, string>();
        if (!next.IsAccount) hidden["next"] = next.Address;
        if (only is not null) hidden["with"] = only;
        return answers.Show<OwnSignInPage>(context, language, QueryHelpers.AddQueryString("/sign-in", hidden!), inPopup: next.MayBePopup, (no?.Refusal ?? phoneNo)?.Status ?? 200, new()
        {
            ["ClientId"] = PlatformRegister.OwnClientId, ["Action"] = "/sign-in", ["PhoneAction"] = "/sign-in/phone",
            ["Hidden"] = hidden, ["Only"] = only, ["Username"] = username, ["Error"] = no?.Refusal.In(language), ["PhoneError"] = phoneNo?.In(language),
        }, asks: true, formTarget: next.FormTarget);
    }

    // After a form: the answer can be loaded again without sending the form again.
    private static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}

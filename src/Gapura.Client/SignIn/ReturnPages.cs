using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Gapura.Client.SignIn;

/// <summary>The two pages people may see on their way back, in both languages, and the script of the first.</summary>
internal static class ReturnPages
{
    private static readonly string Page = Load("page.js");

    /// <summary>Asks gapura.js, which began this sign-in, for the code and its verifier.</summary>
    public static IResult Resume(string issuer) => Html(StatusCodes.Status200OK, "Masuk… / Signing in…",
        "<p>Sebentar, Anda sedang dimasukkan.</p><p lang=\"en\">One moment, you are being signed in.</p>"
        + "<noscript><p>Halaman ini memerlukan JavaScript. <a href=\"sign-in\">Masuk tanpa JavaScript</a></p><p lang=\"en\">This page needs JavaScript. <a href=\"sign-in\">Sign in without JavaScript</a></p></noscript>"
        + $"<script src=\"{WebUtility.HtmlEncode(issuer)}/sdk/gapura.js\"></script><script src=\"page.js\" data-resume></script>");

    /// <param name="code">An error code, of anybody's.</param>
    public static IResult Failed(string code) => Html(StatusCodes.Status400BadRequest, "Anda belum masuk / You are not signed in",
        "<p>Anda belum masuk. <a href=\"sign-in\">Coba lagi</a></p><p lang=\"en\">You are not signed in. <a href=\"sign-in\">Try again</a></p>"
        + $"<p><small><code>{WebUtility.HtmlEncode(code.Length <= 100 ? code : code[..100])}</code></small></p>");

    public static IResult Script(HttpContext context)
    {
        context.Response.Headers.CacheControl = "max-age=300";
        return Results.Text(Page, "text/javascript", Encoding.UTF8);
    }

    private static IResult Html(int status, string title, string body) => Results.Text(
        $"<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title></head><body style=\"font-family:system-ui;margin:2rem\"><main>{body}</main></body></html>",
        "text/html", Encoding.UTF8, status);

    private static string Load(string name)
    {
        using var reader = new StreamReader(typeof(ReturnPages).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

using System.Security.Cryptography;
using Gapura.Kernel;
using Gapura.Sessions.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Sessions;

/// <summary>Answers with a page: its language, its headers, its switch. Every page for a person goes through here.</summary>
internal sealed class PageAnswers(SessionsOptions options, BrowserCookies cookies)
{
    /// <summary>ui_locales, then the switch used before, then Accept-Language.</summary>
    public Language LanguageOf(HttpContext context, string? uiLocales = null)
    {
        uiLocales ??= context.Request.Query["ui_locales"];
        var language = Languages.Choose(uiLocales, BrowserCookies.Language(context), context.Request.Headers.AcceptLanguage);

        // Only a click inside our own pages is the person's choice; a platform's ui_locales is a guess about them.
        if (HttpMethods.IsGet(context.Request.Method) && !string.IsNullOrEmpty(uiLocales) && context.Request.Headers["Sec-Fetch-Site"] == "same-origin") cookies.SetLanguage(context, language);
        return language;
    }

    /// <param name="address">Path and query under which this page can be loaded again; null for none, and no switch.</param>
    /// <param name="inPopup">A popup must keep its opener, which COOP would take from it.</param>
    /// <param name="parameters">The component's own parameters.</param>
    /// <param name="formTarget">Where a form of the page leads in the end, beside ourselves: browsers hold a form's redirects to it, too.</param>
    /// <param name="framedBy">The one origin that may hold the page in a frame; null for nobody.</param>
    /// <param name="asks">Its script asks this server things: no other page's may.</param>
    /// <param name="frames">Whose pages it may hold in frames; null for nobody's.</param>
    public RazorComponentResult<TPage> Show<TPage>(HttpContext context, Language language, string? address, bool inPopup, int status, Dictionary<string, object?> parameters, bool asks = false, WebOrigin? formTarget = null, WebOrigin? framedBy = null, IReadOnlyList<WebOrigin>? frames = null)
        where TPage : Page
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        SetHeaders(context.Response.Headers, nonce, inPopup, asks, formTarget, framedBy, frames ?? []);
        parameters["Language"] = language;
        parameters["Nonce"] = nonce;
        parameters["Brand"] = options.Brand;
        if (address is not null) parameters["Switch"] = Enum.GetValues<Language>().ToDictionary(l => l, l => WithLanguage(address, l));
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }

    public RazorComponentResult<NoticePage> Notice(HttpContext context, Func<Language, Notice> notice, int status, bool inPopup, string? detail = null, NoticeLink? link = null)
    {
        var language = LanguageOf(context);
        return Show<NoticePage>(context, language, address: null, inPopup, status, new()
        {
            ["Notice"] = notice(language), ["Detail"] = detail, ["Links"] = link is null ? Array.Empty<NoticeLink>() : [link],
        });
    }

    /// <summary>A browser's navigation, as opposed to a program that reads JSON.</summary>
    public static bool WantsPage(HttpContext context) =>
        context.Request.GetTypedHeaders().Accept?.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0) == true;

    private static string WithLanguage(string address, Language language)
    {
        var (path, query) = address.IndexOf('?') is >= 0 and var at ? (address[..at], QueryHelpers.ParseQuery(address[at..])) : (address, []);
        query["ui_locales"] = language.Tag();
        return QueryHelpers.AddQueryString(path, query.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)));
    }

    private static void SetHeaders(IHeaderDictionary headers, string nonce, bool inPopup, bool asks, WebOrigin? formTarget, WebOrigin? framedBy, IReadOnlyList<WebOrigin> frames)
    {
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:;{(asks ? " connect-src 'self';" : "")}{(frames.Count > 0 ? $" frame-src {string.Join(' ', frames.Select(f => f.Text))};" : "")} form-action 'self'{(formTarget is null ? "" : " " + formTarget.Text)}; frame-ancestors {framedBy?.Text ?? "'none'"}; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        if (framedBy is null) headers.XFrameOptions = "DENY";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        if (!inPopup) headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}

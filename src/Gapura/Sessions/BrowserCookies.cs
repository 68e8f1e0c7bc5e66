using Gapura.Kernel;

namespace Gapura.Sessions;

/// <summary>
/// What a browser keeps for us: the secret of its session, and one that says it has signed in here before. HttpOnly, and
/// Lax: they travel with a popup that another site opens, never with a form that another site sends.
/// </summary>
internal sealed class BrowserCookies(SessionsOptions options)
{
    private static readonly TimeSpan FamiliarFor = TimeSpan.FromDays(180);

    public Secret? Session(HttpContext context) => Read(context, Name("gapura-session"));

    public Secret? Familiar(HttpContext context) => Read(context, Name("gapura-browser"));

    public void SetSession(HttpContext context, Secret secret) => Set(context, Name("gapura-session"), secret.Reveal(), lifetime: null);

    public void SetFamiliar(HttpContext context, Secret secret) => Set(context, Name("gapura-browser"), secret.Reveal(), FamiliarFor);

    public void ForgetSession(HttpContext context) =>
        context.Response.Cookies.Delete(Name("gapura-session"), new CookieOptions { Secure = options.IsSecure, Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax });

    /// <summary>The language chosen by the switch; no secret.</summary>
    public static string? Language(HttpContext context) => context.Request.Cookies["gapura-language"];

    public void SetLanguage(HttpContext context, Language language) => Set(context, "gapura-language", language.Tag(), TimeSpan.FromDays(365));

    /// <summary>What the session's cookie is called here.</summary>
    public static string SessionName(SessionsOptions options) => Name(options, "gapura-session");

    private string Name(string plain) => Name(options, plain);

    // A browser refuses a __Host- cookie that did not come over https from this very host.
    private static string Name(SessionsOptions options, string plain) => options.IsSecure ? "__Host-" + plain : plain;

    private static Secret? Read(HttpContext context, string name) =>
        context.Request.Cookies[name] is { Length: > 0 and < 200 } text ? new Secret(text) : null;

    private void Set(HttpContext context, string name, string value, TimeSpan? lifetime) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = options.IsSecure, Path = "/", MaxAge = lifetime, IsEssential = true,
    });
}

using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gapura.Client.SignIn;

/// <summary>The site's half of a sign-in.</summary>
internal static partial class SignInEndpoints
{
    public const string Root = "/gapura";
    public const string SignInPath = Root + "/sign-in";
    public const string SignOutPath = Root + "/sign-out";
    private const int LongestBody = 16 * 1024;
    private const string CallbackPath = Root + "/callback";

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/sign-in", SignIn);
        group.MapMethods("/ticket", [HttpMethods.Get, HttpMethods.Post], Ticket);
        group.MapGet("/callback", Return);
        group.MapPost("/callback", Collect).DisableAntiforgery();
        group.MapPost("/sign-out", (Delegate)SignOut).DisableAntiforgery();
        group.MapGet("/page.js", (Delegate)ReturnPages.Script);
        return group;
    }

    // The whole page goes to the server: the code flow with PKCE (OpenID Connect Core 1.0 section 3.1), which needs no script.
    private static IResult SignIn(HttpContext context, GapuraClient client, Attempts attempts, IOptions<GapuraSignInOptions> options, string? returnUrl)
    {
        context.Response.Headers.CacheControl = "no-store";
        var attempt = attempts.Begin(context, Here(context, options.Value) + CallbackPath, LocalPath(returnUrl));
        return Results.Redirect(QueryHelpers.AddQueryString(client.At("/oauth/authorize").ToString(), new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code", ["client_id"] = client.ClientId, ["redirect_uri"] = attempt.RedirectUri, ["scope"] = options.Value.Scope,
            ["state"] = attempt.State, ["nonce"] = attempt.Nonce, ["code_challenge"] = attempt.Challenge, ["code_challenge_method"] = "S256",
        }));
    }

    private static async Task<IResult> Ticket(HttpContext context, GapuraClient client, ILogger<People> logger)
    {
        context.Response.Headers.CacheControl = "no-store"; // a ticket opens one popup
        if (!Callers.IsOwnPage(context.Request)) return Foreign();
        try
        {
            return Results.Json(new { token = (await client.GetLoginTicketAsync(context.RequestAborted)).Token, issuer = client.Issuer });
        }
        catch (GapuraException e)
        {
            LogNoTicket(logger, e.Code, e.Mend, e);
            return Results.Json(new { error = "signin_unavailable", error_description = "There is no login ticket at the moment; the site's log says why." }, statusCode: StatusCodes.Status502BadGateway);
        }
    }

    // The way back of the whole page. Without an attempt of ours it is gapura.js that began, and it that knows the verifier.
    private static async Task<IResult> Return(HttpContext context, GapuraClient client, People people, Attempts attempts, ILogger<People> logger, string? code, string? state, string? iss, string? error)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (attempts.Take(context, state ?? "") is not { } attempt) return state is null || (code ?? error) is null ? ReturnPages.Failed(error ?? "invalid_request") : ReturnPages.Resume(client.Issuer);

        // RFC 9207: an answer of another server is none to this question.
        if (iss != client.Issuer) return ReturnPages.Failed("wrong_issuer");
        if (error is not null || code is null) return ReturnPages.Failed(error ?? "invalid_request");
        try
        {
            await people.SignIn(context, code, attempt.Verifier, attempt.RedirectUri, attempt.Nonce);
            return Results.LocalRedirect(attempt.ReturnUrl);
        }
        catch (GapuraException e)
        {
            LogNotSignedIn(logger, e.Code, e.Mend, e);
            return ReturnPages.Failed(e.Code);
        }
    }

    // The page has a code and its verifier: from the popup, or from gapura.js after it came back.
    private static async Task<IResult> Collect(HttpContext context, People people, ILogger<People> logger)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!Callers.IsOwnPage(context.Request)) return Foreign();
        if (await Read(context) is not { Code: { Length: > 0 } code, CodeVerifier: { Length: >= 43 and <= 128 } verifier } shown)
            return Results.Json(new { error = "invalid_request", error_description = "Send JSON: code, codeVerifier, and redirectUri where there was one." }, statusCode: StatusCodes.Status400BadRequest);
        try
        {
            var person = await people.SignIn(context, code, verifier, shown.RedirectUri, nonce: null);
            return Results.Json(new { username = person.Identity?.Name });
        }
        catch (GapuraException e)
        {
            LogNotSignedIn(logger, e.Code, e.Mend, e);
            return Results.Json(new { error = e.Code, error_description = "The sign-in could not be completed. Try again." }, statusCode: e.IsTransient ? StatusCodes.Status502BadGateway : StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> SignOut(HttpContext context)
    {
        if (!Callers.IsOwnPage(context.Request)) return Foreign();
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect("/");
    }

    private static async Task<ShownCode?> Read(HttpContext context)
    {
        // Only a page of this origin can send this type without asking first.
        if (!context.Request.HasJsonContentType()) return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LongestBody;
        try
        {
            return await context.Request.ReadFromJsonAsync<ShownCode>(context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static string Here(HttpContext context, GapuraSignInOptions options) =>
        (options.PublicOrigin.Length > 0 ? options.PublicOrigin.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}") + context.Request.PathBase.ToUriComponent();

    // Never an address of somebody else's: browsers read both // and /\ as one.
    private static string LocalPath(string? path) => path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";

    private static IResult Foreign() => Results.Json(new { error = "foreign_page", error_description = "This is for pages of this site." }, statusCode: StatusCodes.Status403Forbidden);

    [LoggerMessage(Level = LogLevel.Error, Message = "No login ticket: {Code}. {Mend}")]
    private static partial void LogNoTicket(ILogger logger, string code, string mend, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in could not be completed: {Code}. {Mend}")]
    private static partial void LogNotSignedIn(ILogger logger, string code, string mend, Exception exception);

    private sealed record ShownCode(string? Code, string? CodeVerifier, string? RedirectUri);
}

using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Sessions.Pages;
using Gapura.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace Gapura.Hosting;

/// <summary>What is answered when something breaks, and at addresses that are nobody's: the documented sentence, never a stack trace.</summary>
internal static class Faults
{
    private static readonly string[] SeamlessPaths = ["/V1/NLE", "/nleportal", "/seamlesslogin"];

    public static void UseFaults(this WebApplication app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        // Requests that cannot be read are the caller's doing, and a store that is away is told once, by the watch over it.
        StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : e is DatabaseUnavailableException ? Refusals.Unavailable.Status : 500,
        SuppressDiagnosticsCallback = fault => fault.Exception is BadHttpRequestException or OperationCanceledException or DatabaseUnavailableException,
        ExceptionHandler = context => (context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException => Answer(context, Refusals.InvalidRequest, Notices.ServerError),
            DatabaseUnavailableException => Unavailable(context),
            _ => Answer(context, Refusals.SomethingWentWrong, Notices.ServerError),
        }).ExecuteAsync(context),
    });

    /// <summary>503: nothing can be decided for the moment. The caller asks again.</summary>
    public static IResult Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Answer(context, Refusals.Unavailable, Notices.Unavailable);
    }

    public static IResult NothingHere(HttpContext context) => Answer(context, Refusals.NotFound, Notices.NotFound);

    private static IResult Answer(HttpContext context, Refusal refusal, Func<Language, Notice> notice)
    {
        context.Response.Headers.CacheControl = "no-store";
        var path = context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path;
        var isSeamless = SeamlessPaths.Any(p => new PathString(path).StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));
        if (PageAnswers.WantsPage(context))
        {
            var pages = context.RequestServices.GetRequiredService<PageAnswers>();
            var detail = refusal.Status == 500 ? $"{refusal.English} ({context.TraceIdentifier})" : refusal.English;
            return pages.Notice(context, notice, refusal.Status, inPopup: isSeamless, detail);
        }

        return isSeamless ? refusal.AsSentence() : refusal.AsCode();
    }
}

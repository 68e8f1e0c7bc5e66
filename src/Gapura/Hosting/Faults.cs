using Gapura.Kernel;
using Gapura.Sessions;
using Gapura.Sessions.Pages;
using Microsoft.AspNetCore.Diagnostics;

namespace Gapura.Hosting;

/// <summary>What is answered when something breaks, and at addresses that are nobody's: the documented sentence, never a stack trace.</summary>
internal static class Faults
{
    private static readonly string[] SeamlessPaths = ["/V1/NLE", "/nleportal", "/seamlesslogin"];

    public static void UseFaults(this WebApplication app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        // Requests that cannot be read are the caller's doing, not faults of ours.
        StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : 500,
        SuppressDiagnosticsCallback = fault => fault.Exception is BadHttpRequestException or OperationCanceledException,
        ExceptionHandler = context => Answer(context,
            context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException ? Refusals.InvalidRequest : Refusals.SomethingWentWrong,
            Notices.ServerError).ExecuteAsync(context),
    });

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

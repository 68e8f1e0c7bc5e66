namespace Gapura.Kernel;

/// <summary>The refusal a request was answered with, left behind for whoever writes it down for the platform (<c>/developers/refusals</c>).</summary>
internal sealed record NotedRefusal(Refusal Refusal);

internal static class RefusalNotes
{
    /// <summary>For answers that are no <see cref="RefusalAnswers"/>: pages, and redirects that carry an error. The last one counts.</summary>
    public static void NoteRefusal(this HttpContext context, Refusal refusal) => context.Features.Set(new NotedRefusal(refusal));
}

/// <summary>A refusal on its way out, which leaves itself behind.</summary>
internal sealed class RefusalResult(Refusal refusal, IResult answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.NoteRefusal(refusal);
        return answer.ExecuteAsync(httpContext);
    }
}

using Gapura.Sessions.Pages;

namespace Gapura.Sessions;

/// <summary>How a sign-out ends: at once where the person is to go, or first a page on which platforms forget their own cookies.</summary>
internal sealed class SignedOutAnswers(PageAnswers pages, FrontChannel frontChannel)
{
    /// <param name="ended">Null when there was nothing to end.</param>
    /// <param name="onward">Where the person goes then; null to stay on our page.</param>
    /// <param name="language">What the platform said about the person (<c>ui_locales</c>); null for what the request says.</param>
    public IResult Of(HttpContext context, EndedSession? ended, NoticeLink? onward, string? language = null)
    {
        var frames = ended is null ? [] : frontChannel.Of(ended);
        if (frames.Count == 0 && onward is not null) return SeeOther(context, onward.Href);
        return pages.Show<SignedOutPage>(context, pages.LanguageOf(context, language), address: null, inPopup: false, 200, new()
        {
            ["Frames"] = frames.Select(f => new NoticeLink(f.Platform, f.Address)).ToArray(), ["Onward"] = onward,
        }, frames: [.. frames.Select(f => f.Origin).Distinct()]);
    }

    // The address may hold the platform's state: nobody behind it learns where the person came from.
    private static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}

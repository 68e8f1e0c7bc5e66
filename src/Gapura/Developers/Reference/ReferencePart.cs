using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.Developers.Reference;

/// <summary>What there is to call and how: <c>/openapi.json</c> for programs, <c>/docs</c> for people. <c>docs/reference.md</c>.</summary>
internal static class ReferencePart
{
    public static IServiceCollection AddReference(this IServiceCollection services) => services
        .AddSingleton(s => new ReferenceOptions(s.GetRequiredService<TokenOptions>().Issuer.Text, s.GetRequiredService<ApiKeyHeaders>().Names[0], BrowserCookies.SessionName(s.GetRequiredService<SessionsOptions>())))
        .AddSingleton<ReferenceFile>()
        .AddSingleton<ReferencePages>();

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/openapi.json", [HttpMethods.Get, HttpMethods.Head], Document).RequireCors(PartnerOrigins.Any);
        routes.MapMethods("/docs", [HttpMethods.Get, HttpMethods.Head], Overview);
        routes.MapMethods("/docs/{section}", [HttpMethods.Get, HttpMethods.Head], Section);
    }

    private static IResult Document(HttpContext context, ReferenceFile file)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";

        // Said for everybody, so that what a cache keeps serves every page.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return file.Answer.To(context);
    }

    private static Task<IResult> Overview(HttpContext context, ReferencePages pages) => pages.Answer(context, ReferencePages.Overview);

    private static Task<IResult> Section(string section, HttpContext context, ReferencePages pages) => pages.Answer(context, section);
}

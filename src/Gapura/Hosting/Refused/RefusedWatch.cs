using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Gapura.Hosting.Refused;

/// <summary>
/// Watches every answer: a refusal that left itself behind, and a page of an origin nobody registered, are remembered for
/// the platform they belong to. Nothing here can make a request fail, and what is fine costs two looks.
/// </summary>
internal static partial class RefusedWatch
{
    private const int LongestPath = 100;
    private const int LongestSentence = 300;

    // The ordinary course of things, and no mistake: a device that asks again, a proof that fetches its first nonce.
    private static readonly HashSet<string> Usual = [Refusals.AuthorizationPending.Code, Refusals.UseDpopNonce.Code];

    public static void UseRefusedWatch(this WebApplication app)
    {
        var watch = new Watch(
            app.Services.GetRequiredService<RefusedRequests>(), app.Services.GetRequiredService<Attribution>(), app.Services.GetRequiredService<PlatformRegister>(),
            app.Services.GetRequiredService<TokenOptions>().Issuer, app.Services.GetRequiredService<TimeProvider>());
        app.Use(async (context, next) =>
        {
            await next(context);
            try
            {
                watch.Look(context);
            }
#pragma warning disable CA1031 // The answer is out: whatever goes wrong here, such as a register that could not be read yet, is not its caller's.
            catch (Exception e)
            {
                NotNoted(app.Logger, e);
            }
#pragma warning restore CA1031
        });
    }

    // Whoever only says a client id could write down any path.
    private static bool IsWorthTelling(Refusal refusal, Attributed whose) => !Usual.Contains(refusal.Code) && (refusal.Code != Refusals.NotFound.Code || whose.Proof == RefusedProof.Key);

    /// <summary>The page's origin, where it is nobody's and its browser will keep the answer from it, or the popup's message.</summary>
    private static WebOrigin? Stranger(HttpContext context, PlatformRegister platforms, WebOrigin issuer)
    {
        if (OriginOf(context) is not { } origin || origin == issuer) return null;
        if (IsPopup(context)) return origin;
        var isHeld = context.GetEndpoint()?.Metadata.GetMetadata<IEnableCorsAttribute>()?.PolicyName is { } policy && policy != PartnerOrigins.Any;
        return isHeld && !platforms.HasOrigin(origin.Text) ? origin : null;
    }

    // The popup's message goes to the domain and nowhere else; what a page asks for itself may come from a further origin, too.
    private static bool Takes(Platform? platform, HttpContext context, WebOrigin origin) =>
        platform is null || origin == platform.Domain || (context.Request.Path.Value!.TrimEnd('/').Count('/') > 1 && platform.Origins.Contains(origin));

    private static bool IsPopup(HttpContext context) => context.Request.Path.StartsWithSegments("/seamlesslogin", StringComparison.OrdinalIgnoreCase);

    // A popup is a navigation: it says its page's origin as the referrer, if at all.
    private static WebOrigin? OriginOf(HttpContext context)
    {
        if (WebOrigin.TryParse(context.Request.Headers.Origin.ToString(), out var origin)) return origin;
        return IsPopup(context) && Uri.TryCreate(context.Request.Headers.Referer.ToString(), UriKind.Absolute, out var page) && WebOrigin.TryParse(page.GetLeftPart(UriPartial.Authority), out var referrer) ? referrer : null;
    }

    private static RefusedRequest About(HttpContext context, RequestFields? fields, Attributed whose, Refusal refusal, WebOrigin? origin, DateTimeOffset now) => new()
    {
        ClientId = whose.ClientId, Proof = whose.Proof, At = now, Method = Known(context.Request.Method), Path = PathOf(context), Status = context.Response.StatusCode,
        Code = refusal.Code, Sentence = Cut(refusal.English, LongestSentence), Why = whose.Why, Parameters = ParameterNames.Of((fields?.All.Select(f => f.Key) ?? []).Concat(context.Request.Query.Keys)),
        Origin = origin?.Text, Trace = context.TraceIdentifier,
    };

    // The route as it is written holds no value. Where there is none, only the segments that are words of ours are told.
    private static string PathOf(HttpContext context)
    {
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern is { RawText: { } route, PathSegments: not [{ Parts: [RoutePatternParameterPart { IsCatchAll: true }] }] }) return Cut(route, LongestPath);
        var words = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.RoutePattern.PathSegments).SelectMany(s => s.Parts).OfType<RoutePatternLiteralPart>().Select(p => p.Content).ToHashSet(StringComparer.Ordinal);
        return Cut(string.Join('/', (context.Request.Path.Value ?? "/").Split('/').Select(s => s.Length == 0 || words.Contains(s) ? s : "…")), LongestPath);
    }

    private static string Known(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" ? method : "OTHER";

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refused request could not be noted for its platform.")]
    private static partial void NotNoted(ILogger log, Exception e);

    private sealed record Watch(RefusedRequests Requests, Attribution Attribution, PlatformRegister Platforms, WebOrigin Issuer, TimeProvider Time)
    {
        public void Look(HttpContext context)
        {
            var refusal = context.Features.Get<NotedRefusal>()?.Refusal;
            var stranger = Stranger(context, Platforms, Issuer);
            if (refusal is null && stranger is null) return;
            var fields = context.Features.Get<RequestFields>();
            var whose = Attribution.Of(context, fields) ?? (stranger is not null && Platforms.AtHostOf(stranger) is { } near ? new Attributed(near, RefusedProof.Named) : null);
            if (whose is null) return;
            if (stranger is not null && IsPopup(context) && Takes(Platforms.Active(whose.ClientId), context, stranger)) stranger = null;
            if (stranger is not null) Requests.Note(About(context, fields, whose with { Why = RefusedWhy.OriginNotRegistered }, Refusals.OriginNotRegistered, stranger, Time.GetUtcNow()));
            if (refusal is not null && IsWorthTelling(refusal, whose)) Requests.Note(About(context, fields, whose, refusal, OriginOf(context), Time.GetUtcNow()));
        }
    }
}

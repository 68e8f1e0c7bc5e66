namespace Gapura.Demo.TauTauBeres;

/// <summary>What <c>phone.html</c> asks for: <c>{"sessionId":"…"}</c> goes in, the server's answer comes out.</summary>
internal static class ToyPhoneRoutes
{
    public static void MapToyPhone(this IEndpointRouteBuilder routes)
    {
        var phone = routes.MapGroup("/phone").AddEndpointFilter(OwnPageOnlyAsync);
        phone.MapPost("/scan", async (ToyCode code, ToyPhone toy, CancellationToken ct) => Say(await toy.ScanAsync(code.SessionId, ct)));
        phone.MapPost("/approve", async (ToyCode code, ToyPhone toy, CancellationToken ct) => Say(await toy.ApproveAsync(code.SessionId, code.Confirmation, ct)));
        phone.MapPost("/deny", async (ToyCode code, ToyPhone toy, CancellationToken ct) => Say(await toy.DenyAsync(code.SessionId, ct)));
    }

    // Else any page in this browser could have its own code approved. A script without a browser has demo.json anyway.
    private static async ValueTask<object?> OwnPageOnlyAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var request = call.HttpContext.Request;
        var settings = call.HttpContext.RequestServices.GetRequiredService<PartnerSettings>();
        var own = request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
            && (request.Headers.Origin.ToString() is var origin && (origin.Length == 0 || origin == settings.Url));
        return own ? await next(call) : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static IResult Say(ToyAnswer answer) =>
        TypedResults.Content(answer.Json, "application/json", statusCode: answer.Status);
}

/// <param name="Confirmation">The two digits the person chose; null where none were asked for.</param>
internal sealed record ToyCode(string SessionId, string? Confirmation);

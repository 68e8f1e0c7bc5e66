using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.QrAuth;

/// <summary>What a screen of ours does beside opening: it waits, types a code, collects. <c>docs/phone.md</c>.</summary>
internal static class QrScreenEndpoints
{
    /// <summary>Server-sent events, or one JSON answer for a caller that asks for that.</summary>
    public static async Task<IResult> Events(HttpContext context, PlatformRegister platforms, QrChallenges challenges, QrEvents events, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (clientId, nonce) = (context.Request.Query["clientId"].ToString(), context.Request.Query["nonce"].ToString());
        if (clientId.Length is 0 or > 64) return Missing("clientId must be a text of 1 to 64 characters.");

        // A plain nonce collects, and an address is no place for that.
        if (!Verifier.IsShaped(nonce)) return Missing("nonce must be base64url(SHA-256(verifier)), 43 characters.");
        if (platforms.AtDoors(clientId) is null) return Refusals.InvalidClient.AsCode();
        var claims = challenges.ClaimsOf(clientId, nonce, NonceMethod.S256).Select(c => c.StoredUnder).ToList();
        if (context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase))
            return Results.Json(await events.Now(claims, ct), QrAuthJson.Wire.QrState);
        if (events.IsFull)
        {
            context.Response.Headers.RetryAfter = "5";
            return Refusals.TooManyWaiting.AsCode();
        }

        await events.Tell(context, claims);
        return Results.Empty;
    }

    public static async Task<IResult> Confirm(HttpContext context, QrTypedCode typedCode, CancellationToken ct)
    {
        var (fields, sessionId, verifier, refused) = await Read(context, ct);
        if (refused is not null) return refused;
        if (fields!.Text("code", 4, 4) is not { } code || !code.All(char.IsAsciiDigit)) return Missing("code must be the four digits on the phone.");
        return await typedCode.Type(sessionId, verifier, code, ct) switch
        {
            QrTyped.Right => Results.Json(new ConfirmedAnswer(true), QrAuthJson.Wire.ConfirmedAnswer),
            QrTyped.Wrong { TriesLeft: var left } => Results.Json(
                new WrongCodeAnswer(Refusals.WrongCode.Code, Refusals.WrongCode.English, left), QrAuthJson.Wire.WrongCodeAnswer, statusCode: Refusals.WrongCode.Status),
            QrTyped.No { Refusal: var refusal } => refusal.AsCode(),
            _ => throw new InvalidOperationException("A code is right, wrong or not asked for."),
        };
    }

    public static async Task<IResult> Collect(HttpContext context, QrCollect collect, CancellationToken ct)
    {
        var (_, sessionId, verifier, refused) = await Read(context, ct);
        if (refused is not null) return refused;
        return await collect.ByVerifier(sessionId, verifier, ct) switch
        {
            QrCollected.Tokens { Answer: var answer } => Results.Json(answer, QrAuthJson.Wire.CollectedAnswer),
            QrCollected.No { Refusal: var refusal } => refusal.AsCode(),
            _ => throw new InvalidOperationException("What a verifier collects is tokens or a no."),
        };
    }

    public static async Task<IResult> Abandon(HttpContext context, QrDenial denial, CancellationToken ct)
    {
        var (_, sessionId, verifier, refused) = await Read(context, ct);
        if (refused is not null) return refused;
        return await denial.Abandon(sessionId, verifier, ct) is { } refusal ? refusal.AsCode() : Results.Json(new DeniedAnswer(true), QrAuthJson.Wire.DeniedAnswer);
    }

    private static async Task<(RequestFields? Fields, string SessionId, string Verifier, IResult? Refused)> Read(HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return (null, "", "", malformed!.AsCode());
        if (fields.Text("sessionId", 1, 512) is not { } sessionId) return (null, "", "", Missing("sessionId must be the text of the QR code."));
        return fields.Text("verifier", 1, 256) is { } verifier ? (fields, sessionId, verifier, null)
            : (null, "", "", Missing("verifier must be the text whose SHA-256 the nonce was."));
    }

    private static IResult Missing(string sentence) => Refusals.InvalidRequest.Because(sentence).AsCode();
}

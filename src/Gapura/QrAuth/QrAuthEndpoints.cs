using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.QrAuth;

/// <summary>The documented pages of QRAuth: a screen opens and collects, a phone authenticates.</summary>
internal static class QrAuthEndpoints
{
    // The nonce is the browser's claim ticket. Documented clients send 32 random characters; fewer than 8 could be guessed.
    private const int ShortestNonce = 8;
    private const int LongestNonce = 256;

    public static void MapQrAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/qrAuth", OpenOrCollect).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/v1/authenticate", Authenticate).RequireCors(PartnerOrigins.Registered);

        routes.RefuseOtherMethods("POST", "/v1/qrAuth", "/v1/authenticate");
    }

    private static async Task<IResult> OpenOrCollect(HttpContext context, PlatformRegister platforms, QrChallenges challenges, QrCollect collect, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (fields.Text("clientId", 1, 64) is not { } clientId) return Missing("clientId must be a text of 1 to 64 characters.");
        if (fields.Text("nonce", ShortestNonce, LongestNonce) is not { } nonce) return Missing("nonce must be a random text of 8 to 256 characters.");
        if (fields.Has("returnQrCode") && fields["returnQrCode"] is not ("true" or "false" or "")) return Missing("returnQrCode must be true or false.");
        if (platforms.Active(clientId) is null) return Refusals.InvalidClient.AsCode();

        return await collect.TryCollect(clientId, nonce, ct) switch
        {
            QrCollected.Tokens { Answer: var answer } => Results.Json(answer, QrAuthJson.Wire.CollectedAnswer),
            QrCollected.No { Refusal: var refusal } => refusal.AsCode(),
            _ => Opened(challenges.Issue(clientId, nonce), withPicture: fields["returnQrCode"] == "true"),
        };
    }

    private static IResult Opened(QrChallenge challenge, bool withPicture) => Results.Json(
        new OpenedAnswer(challenge.ClientId, challenge.Text, challenge.ExpiresAt.ToUnixTimeSeconds(), withPicture ? QrPicture.Base64Png(challenge.Text) : null),
        QrAuthJson.Wire.OpenedAnswer);

    private static async Task<IResult> Authenticate(HttpContext context, QrApproval approval, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (fields.Text("sessionId", 1, 512) is not { } sessionId) return Missing("sessionId must be the text of the QR code.");
        if (fields.Text("signature", 1, 512) is not { } signature) return Missing("signature must be an ECDSA signature, DER in hex.");
        if (fields.Text("publicKey", 1, 512) is not { } publicKey) return Missing("publicKey must be 130 hex digits beginning 04.");
        if (fields.Text("nonce", 1, LongestNonce) is not { } nonce) return Missing("nonce must be a text of 1 to 256 characters.");

        return await approval.Authenticate(sessionId, signature, publicKey, nonce, ct) switch
        {
            QrApproved.Tokens { Answer: var answer } => Results.Json(answer, QrAuthJson.Wire.AuthenticatedAnswer),
            QrApproved.No { Refusal: var refusal } => refusal.AsCode(),
            _ => throw new InvalidOperationException("An approval is tokens or a no."),
        };
    }

    private static IResult Missing(string sentence) => Refusals.InvalidRequest.Because(sentence).AsCode();
}

using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.QrAuth;

/// <summary>The door's table of contents: the two documented calls, then what our own screens and phones say beside them.</summary>
internal static class QrAuthEndpoints
{
    // The nonce is the browser's claim ticket. Documented clients send 32 random characters; fewer than 8 could be guessed.
    private const int ShortestNonce = 8;
    private const int LongestNonce = 256;

    public static void MapQrAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/qrAuth", OpenOrCollect).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/v1/authenticate", Authenticate).RequireCors(PartnerOrigins.Registered);

        routes.MapGet("/v1/qrAuth/events", QrScreenEndpoints.Events).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/v1/qrAuth/confirm", QrScreenEndpoints.Confirm).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/v1/qrAuth/collect", QrScreenEndpoints.Collect).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/v1/qrAuth/abandon", QrScreenEndpoints.Abandon).RequireCors(PartnerOrigins.Registered);

        routes.MapPost("/v1/qrAuth/scan", QrPhoneEndpoints.Scan).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/v1/qrAuth/deny", QrPhoneEndpoints.Deny).RequireCors(PartnerOrigins.Registered);

        routes.RefuseOtherMethods("POST", "/v1/qrAuth", "/v1/authenticate", "/v1/qrAuth/confirm", "/v1/qrAuth/collect", "/v1/qrAuth/abandon", "/v1/qrAuth/scan", "/v1/qrAuth/deny");
        routes.RefuseOtherMethods("GET", "/v1/qrAuth/events");
    }

    private static async Task<IResult> OpenOrCollect(HttpContext context, PlatformRegister platforms, QrChallenges challenges, QrCollect collect, Screens screens, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (fields.Text("clientId", 1, 64) is not { } clientId) return Missing("clientId must be a text of 1 to 64 characters.");
        if (fields.Text("nonce", ShortestNonce, LongestNonce) is not { } nonce) return Missing("nonce must be a random text of 8 to 256 characters.");
        if (fields.Has("returnQrCode") && fields["returnQrCode"] is not ("true" or "false" or "")) return Missing("returnQrCode must be true or false.");
        if (fields.Has("nonceMethod") && fields["nonceMethod"] is not ("plain" or "S256")) return Missing("nonceMethod must be plain or S256.");
        var method = fields["nonceMethod"] == "S256" ? NonceMethod.S256 : NonceMethod.Plain;
        if (method == NonceMethod.S256 && !Verifier.IsShaped(nonce)) return Missing("With nonceMethod S256 nonce must be base64url(SHA-256(verifier)), 43 characters.");
        if (platforms.AtDoors(clientId) is not { } platform) return Refusals.InvalidClient.AsCode();
        if (method == NonceMethod.Plain && platform.PhonePolicy != PhonePolicy.Documented) return Missing("This platform demands nonceMethod S256.");

        var claims = challenges.ClaimsOf(clientId, nonce, method);
        switch (await collect.ByNonce(claims, nonce, ct))
        {
            case QrCollected.Tokens { Answer: var answer }: return new JsonAnswer<CollectedAnswer>(answer, QrAuthJson.Wire.CollectedAnswer);
            case QrCollected.No { Refusal: var refusal }: return refusal.AsCode();
        }

        var challenge = challenges.Issue(claims);
        screens.Note(context, challenge);
        return Opened(challenge, withPicture: fields["returnQrCode"] == "true");
    }

    private static IResult Opened(QrChallenge challenge, bool withPicture) => new JsonAnswer<OpenedAnswer>(
        new(challenge.ClientId, challenge.Text, challenge.ExpiresAt.ToUnixTimeSeconds(), withPicture ? QrPicture.Base64Png(challenge.Text) : null),
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
        if (fields.Has("confirmation") && fields.Text("confirmation", 2, 2) is null) return Missing("confirmation must be the two digits on the screen.");

        return await approval.Authenticate(sessionId, signature, publicKey, nonce, fields["confirmation"], ct) switch
        {
            QrApproved.Tokens { Answer: var answer } => new JsonAnswer<AuthenticatedAnswer>(answer, QrAuthJson.Wire.AuthenticatedAnswer),
            QrApproved.No { Refusal: var refusal } => refusal.AsCode(),
            _ => throw new InvalidOperationException("An approval is tokens or a no."),
        };
    }

    private static IResult Missing(string sentence) => Refusals.InvalidRequest.Because(sentence).AsCode();
}

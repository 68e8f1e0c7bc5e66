using Gapura.Kernel;
using Gapura.Sessions;

namespace Gapura.QrAuth;

/// <summary>What a phone of ours does beside approving: it scans and says no. <c>docs/phone.md</c>.</summary>
internal static class QrPhoneEndpoints
{
    public static async Task<IResult> Scan(HttpContext context, QrScan scan, Visitors visitors, CancellationToken ct)
    {
        var (said, refused) = await Read(context, ct);
        if (said is null) return refused!;
        var from = visitors.Of(context);
        return await scan.Scan(said.SessionId, said.Signature, said.PublicKey, from.Network, from.Country, ct) switch
        {
            QrScanned.Context { Answer: var answer } => Results.Json(answer, QrAuthJson.Wire.QrContext),
            QrScanned.No { Refusal: var refusal } => refusal.AsCode(),
            _ => throw new InvalidOperationException("A scan is a context or a no."),
        };
    }

    public static async Task<IResult> Deny(HttpContext context, QrDenial denial, CancellationToken ct)
    {
        var (said, refused) = await Read(context, ct);
        if (said is null) return refused!;
        return await denial.Decline(said.SessionId, said.Signature, said.PublicKey, ct) is { } refusal
            ? refusal.AsCode()
            : Results.Json(new DeniedAnswer(true), QrAuthJson.Wire.DeniedAnswer);
    }

    private static async Task<(Signed? Said, IResult? Refused)> Read(HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return (null, malformed!.AsCode());
        if (fields.Text("sessionId", 1, 512) is not { } sessionId) return (null, Missing("sessionId must be the text of the QR code."));
        if (fields.Text("signature", 1, 512) is not { } signature) return (null, Missing("signature must be an ECDSA signature, DER in hex."));
        if (fields.Text("publicKey", 1, 512) is not { } publicKey) return (null, Missing("publicKey must be 130 hex digits beginning 04."));
        return (new Signed(sessionId, signature, publicKey), null);
    }

    private static IResult Missing(string sentence) => Refusals.InvalidRequest.Because(sentence).AsCode();

    private sealed record Signed(string SessionId, string Signature, string PublicKey);
}

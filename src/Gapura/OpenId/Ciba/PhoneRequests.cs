using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Protocol.Signatures;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.OpenId.Ciba;

/// <summary>What waits for a person's decision, for their phone: <c>GET /v1/phone/requests</c>, <c>POST /v1/phone/requests/{id}</c>.</summary>
internal static class PhoneRequests
{
    public static async Task<IResult> List(HttpContext context, SignedIn signedIn, BackChannelRequests requests, PlatformRegister platforms, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        if (session is null) return refusal!.AsCode();
        var waiting = await requests.Waiting(session.Account.Id, ct);
        return Results.Json([.. waiting.Select(r => platforms.Active(r.ClientId) is { } platform && platform.Admits(session.Account) ? Answer(r, platform) : null).OfType<PhoneRequestAnswer>()], CibaJson.Wire.IReadOnlyListPhoneRequestAnswer);
    }

    /// <summary>Checks in the order of their price; the session says whose request it may be, the signature that the person decided.</summary>
    public static async Task<IResult> Decide(string id, HttpContext context, SignedIn signedIn, BackChannelRequests requests, PlatformRegister platforms, DeviceRegister devices, ISignatureVerifier verifier, DevicesOptions options, PhoneDecisions decisions, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        if (session is null) return refusal!.AsCode();
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // 1. check_parameters
        if (fields["decision"] is not (ShownRequest.Approve or ShownRequest.Decline or ShownRequest.Report)) return Refusals.InvalidRequest.Because("decision must be approve, decline or report.").AsCode();
        if (!DevicePublicKey.TryParse(fields["publicKey"], out var key)) return Refusals.InvalidRequest.Because("publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1.").AsCode();

        // 2. load_request, load_platform
        if (id.Length > 64 || id.Any(c => !char.IsAsciiLetterOrDigit(c))) return Refusals.NotFound.AsCode();
        if (await requests.Find(id, session.Account.Id, ct) is not { } row || platforms.Active(row.ClientId) is not { } platform || !platform.Admits(session.Account)) return Refusals.NotFound.AsCode();

        // 3. check_signature, load_device: only its own person's phone decides
        var shown = new ShownRequest(row.Request(), platform);
        if (!verifier.VerifyText(key, shown.Signed(options, fields["decision"]!), fields["signature"])) return Refusals.InvalidSignature.AsCode();
        if (await devices.Active(key.Hex, ct) is not { } device || device.AccountId != session.Account.Id) return Refusals.UnknownKey.AsCode();

        // 4. decide, once; the same answer to the same phone when its own got lost
        var isYes = fields["decision"] == ShownRequest.Approve;
        return await decisions.Decide(context, row, device, fields["decision"]!, ct)
            ? Results.Json(new PhoneDecisionAnswer(isYes ? "approved" : "declined"), CibaJson.Wire.PhoneDecisionAnswer)
            : Refusals.NotFound.AsCode();
    }

    private static PhoneRequestAnswer Answer(BackChannelRequest r, Platform p) => new(
        r.Id, r.OpenedAt.ToUnixTimeSeconds(), r.ExpiresAt.ToUnixTimeSeconds(), new(p.ClientId, p.Name, p.Company, p.Domain.Text), r.BindingMessage, r.Scope);
}

internal sealed record PhoneRequestPlatform(
    [property: JsonPropertyName("clientId")] string ClientId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("company")] string Company,
    [property: JsonPropertyName("domain")] string Domain);

/// <summary>Times are Unix seconds.</summary>
internal sealed record PhoneRequestAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("openedAt")] long OpenedAt,
    [property: JsonPropertyName("expires")] long Expires,
    [property: JsonPropertyName("platform")] PhoneRequestPlatform Platform,
    [property: JsonPropertyName("message"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Message,
    [property: JsonPropertyName("scope")] IReadOnlyList<string> Scope);

internal sealed record PhoneDecisionAnswer([property: JsonPropertyName("decision")] string Decision);

[JsonSerializable(typeof(BackChannelAnswer))]
[JsonSerializable(typeof(IReadOnlyList<PhoneRequestAnswer>))]
[JsonSerializable(typeof(PhoneDecisionAnswer))]
[JsonSerializable(typeof(PingBody))]
[JsonSerializable(typeof(PushBody))]
[JsonSerializable(typeof(PushError))]
internal sealed partial class CibaJson : JsonSerializerContext
{
    public static CibaJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}

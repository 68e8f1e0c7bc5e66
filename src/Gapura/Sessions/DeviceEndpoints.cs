using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Protocol.Signatures;

namespace Gapura.Sessions;

/// <summary>
/// A signed-in person's phones, for programs: <c>POST /v1/devices/challenge</c> → sign its text → <c>POST /v1/devices</c>;
/// <c>GET /v1/devices</c>; <c>PATCH</c> and <c>DELETE /v1/devices/{id}</c>. Enrolment needs a sign-in of the last ten minutes.
/// </summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/devices/challenge", Challenge);
        routes.MapPost("/v1/devices", Enrol);
        routes.MapGet("/v1/devices", List);
        routes.MapPatch("/v1/devices/{id}", Rename);
        routes.MapDelete("/v1/devices/{id}", Revoke);
        routes.MapDevicePush();
    }

    private static async Task<IResult> Challenge(HttpContext context, SignedIn signedIn, DeviceChallenges challenges, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: true, ct);
        if (session is null) return refusal!.AsCode();
        var (text, expiresAt) = challenges.Issue(ChallengePurpose.Enrol, session.Account.Id);
        return Results.Json(new ChallengeAnswer(text, expiresAt.ToUnixTimeSeconds()), DeviceJson.Wire.ChallengeAnswer);
    }

    private static async Task<IResult> Enrol(HttpContext context, SignedIn signedIn, DeviceChallenges challenges, ISignatureVerifier verifier, DeviceRegister devices, Visitors visitors, TimeProvider time, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: true, ct);
        if (session is null) return refusal!.AsCode();
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (NameIn(fields) is not { } name) return NoName();
        if (!DevicePublicKey.TryParse(fields["publicKey"], out var key)) return Refusals.InvalidRequest.Because("publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1.").AsCode();
        var challenge = fields["challenge"] ?? "";
        if (!challenges.IsLive(ChallengePurpose.Enrol, challenge, session.Account.Id) || !verifier.VerifyText(key, challenge, fields["signature"])) return Refusals.InvalidProof.AsCode();

        var device = new Device { Id = PublicId.New(time), AccountId = session.Account.Id, PublicKey = key.Hex, Name = name, EnrolledAt = time.GetUtcNow() };
        return await devices.TryEnrol(device, visitors.Hand(context, session), ct)
            ? Results.Json(Answer(device), DeviceJson.Wire.DeviceAnswer, statusCode: 201)
            : Refusals.KeyTaken.AsCode();
    }

    private static async Task<IResult> List(HttpContext context, SignedIn signedIn, DeviceRegister devices, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        return session is null ? refusal!.AsCode()
            : Results.Json([.. (await devices.Of(session.Account.Id, ct)).Select(Answer)], DeviceJson.Wire.IReadOnlyListDeviceAnswer);
    }

    private static async Task<IResult> Rename(string id, HttpContext context, SignedIn signedIn, DeviceRegister devices, Visitors visitors, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        if (session is null) return refusal!.AsCode();
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (NameIn(fields) is not { } name) return NoName();
        return await devices.Rename(id, session.Account.Id, name, visitors.Hand(context, session), ct) is { } renamed
            ? Results.Json(Answer(renamed), DeviceJson.Wire.DeviceAnswer)
            : Refusals.NotFound.AsCode();
    }

    private static async Task<IResult> Revoke(string id, HttpContext context, SignedIn signedIn, DeviceRegister devices, Visitors visitors, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        if (session is null) return refusal!.AsCode();
        return await devices.Revoke(id, session.Account.Id, visitors.Hand(context, session), ct) ? Results.NoContent() : Refusals.NotFound.AsCode();
    }

    private static string? NameIn(RequestFields fields) => fields.Text("name", 1, 64)?.Trim() is { Length: > 0 } name ? name : null;

    private static IResult NoName() => Refusals.InvalidRequest.Because("name must be a text of 1 to 64 characters.").AsCode();

    private static DeviceAnswer Answer(Device d) => new(d.Id, d.Name, d.PublicKey, d.EnrolledAt.ToUnixTimeSeconds(), d.LastUsedAt?.ToUnixTimeSeconds(), d.RevokedAt?.ToUnixTimeSeconds());
}

/// <summary>Times are Unix seconds.</summary>
internal sealed record ChallengeAnswer([property: JsonPropertyName("challenge")] string Challenge, [property: JsonPropertyName("expires")] long Expires);

internal sealed record DeviceAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("publicKey")] string PublicKey,
    [property: JsonPropertyName("enrolledAt")] long EnrolledAt,
    [property: JsonPropertyName("lastUsedAt")] long? LastUsedAt,
    [property: JsonPropertyName("revokedAt")] long? RevokedAt);

[JsonSerializable(typeof(ChallengeAnswer))]
[JsonSerializable(typeof(DeviceAnswer))]
[JsonSerializable(typeof(IReadOnlyList<DeviceAnswer>))]
internal sealed partial class DeviceJson : JsonSerializerContext
{
    public static DeviceJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}

using System.Net;
using System.Text.Json.Serialization;
using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Kernel;
using Gapura.OpenId.Clients;
using Gapura.Sessions;
using Gapura.Tokens;

namespace Gapura.OpenId.DeviceFlow;

/// <summary><c>POST /oauth/device_authorization</c> (RFC 8628 section 3.1): a device asks for two codes, one to poll with and one to show.</summary>
internal static class DeviceAuthorization
{
    public static async Task<IResult> Open(HttpContext context, ClientAuthentication clients, DeviceCodes codes, Failures failures, Visitors visitors, TokenOptions options, TimeProvider time, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();

        // 1. load_client, authenticate_client, check_grant_type
        var (client, unknown) = await clients.Identify(context, fields, ct);
        if (client is null || !client.IsKnown) return ClientAuthentication.Refuse(context, unknown);
        if (!client.Platform.Client.MayUse(DeviceGrant.Urn)) return Refusals.UnauthorizedClient.AsCode();

        // 2. check_rate: a client that proves nothing can be anybody's program.
        if (!client.IsAuthenticated && await failures.Count(Throttles.ForDeviceOpening(context.Connection.RemoteIpAddress ?? IPAddress.None), ct) is { } wait) return Wait(context, Refusals.TooManyAttempts, wait);

        // 3. open. A backend's own place says nothing about the device it asks for.
        var opened = await codes.Open(new DeviceCode
        {
            ClientId = client.Platform.ClientId, Scope = Scopes.ReadFromAfar(fields["scope"]), From = client.IsAuthenticated ? Visitor.Unknown : visitors.Of(context), OpenedAt = time.GetUtcNow(),
        }, ct);
        if (opened is not var (deviceCode, userCode)) return Wait(context, Refusals.TooManyWaiting, TimeSpan.FromSeconds(30));
        var at = $"{options.Issuer.Text}/device";
        return Results.Json(
            new DeviceAuthorizationAnswer(deviceCode.Reveal(), userCode.ToString(), at, $"{at}?user_code={userCode}", (int)DeviceCodes.Lifetime.TotalSeconds, Polling.Interval), DeviceFlowJson.Wire.DeviceAuthorizationAnswer);
    }

    private static IResult Wait(HttpContext context, Refusal refusal, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
        return refusal.AsCode();
    }
}

/// <summary>RFC 8628 section 3.2; times are seconds.</summary>
internal sealed record DeviceAuthorizationAnswer(
    [property: JsonPropertyName("device_code")] string DeviceCode,
    [property: JsonPropertyName("user_code")] string UserCode,
    [property: JsonPropertyName("verification_uri")] string VerificationUri,
    [property: JsonPropertyName("verification_uri_complete")] string VerificationUriComplete,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("interval")] int Interval)
{
    public override string ToString() => "***";
}

[JsonSerializable(typeof(DeviceAuthorizationAnswer))]
internal sealed partial class DeviceFlowJson : JsonSerializerContext
{
    public static DeviceFlowJson Wire { get; } = new(new System.Text.Json.JsonSerializerOptions(WireJson.Options));
}

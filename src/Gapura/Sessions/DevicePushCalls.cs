using Gapura.Devices;
using Gapura.Kernel;

namespace Gapura.Sessions;

/// <summary>A phone asks to be told of sign-ins, or no more: <c>PUT</c> and <c>DELETE /v1/devices/{id}/push</c>.</summary>
internal static class DevicePushCalls
{
    public static void MapDevicePush(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/devices/{id}/push", Begin);
        routes.MapDelete("/v1/devices/{id}/push", End);
    }

    private static async Task<IResult> Begin(string id, HttpContext context, SignedIn signedIn, DevicePushEndpoints endpoints, PushOptions options, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        if (session is null) return refusal!.AsCode();
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsCode();
        if (fields["endpoint"] is not { } endpoint || PushHosts.Allowed(endpoint, options.Hosts) is null)
            return Refusals.InvalidRequest.Because("endpoint must be the https address of a push service that is allowed here, of at most 1024 characters.").AsCode();
        return Answer(await endpoints.TrySet(id, session.Account.Id, endpoint, ct));
    }

    private static async Task<IResult> End(string id, HttpContext context, SignedIn signedIn, DevicePushEndpoints endpoints, CancellationToken ct)
    {
        var (session, refusal) = await signedIn.Require(context, fresh: false, ct);
        return session is null ? refusal!.AsCode() : Answer(await endpoints.TrySet(id, session.Account.Id, endpoint: null, ct));
    }

    private static IResult Answer(bool isTheirs) => isTheirs ? Results.NoContent() : Refusals.NotFound.AsCode();
}

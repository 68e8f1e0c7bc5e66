using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Registration;

/// <summary><c>POST /oauth/register</c> (RFC 7591 section 3, OpenID Connect Dynamic Client Registration 1.0 section 3): for whoever an operator gave a token.</summary>
internal static class RegistrationEndpoint
{
    public static async Task<IResult> Register(HttpContext context, RegistrationTokens tokens, Registrations registrations, SectorDocuments sectors, TokenOptions options, TimeProvider time, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";

        // 1. check_initial_token: before anything is read, and again when it is used
        if (RegistrationAnswers.Bearer(context) is not { } initial) return RegistrationAnswers.Refuse(context, said: false);
        if (!await tokens.IsLive(initial, ct)) return RegistrationAnswers.Refuse(context, said: true);

        // 2. load_request, check_request: what is refused here costs the token nothing
        var (request, malformed) = await RegistrationRequest.Read(context.Request, ct);
        if (request is null) return malformed!.AsCode();
        var (platform, wrong) = RegistrationRules.Platform(request, Registrations.NewClientId(), company: "", time.GetUtcNow());
        if (platform is null) return wrong!.AsCode();

        // 3. check_sector
        if (SectorRules.Refuse(platform, before: null) is { } foreign) return foreign.AsCode();
        if (await sectors.Refuse(platform, ct) is { } outside) return outside.AsCode();

        // 4. register
        return await registrations.Add(platform, initial, ct) is { } registered
            ? RegistrationAnswers.Tell(registered, options, StatusCodes.Status201Created)
            : RegistrationAnswers.Refuse(context, said: true);
    }
}

using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Registration;

/// <summary>
/// <c>/oauth/register/{client_id}</c> (RFC 7592): a platform that registered itself looks at its registration, replaces it
/// or ends it. Its token stays the same at a change: whoever lost the answer would be locked out.
/// </summary>
internal static class ManagementEndpoint
{
    public static IResult Show(HttpContext context, string clientId, Registrations registrations, TokenOptions options) =>
        Managed(context, clientId, registrations) is var (platform, token) ? RegistrationAnswers.Tell(new(platform, token, Secret: null), options, StatusCodes.Status200OK) : Refuse(context);

    public static async Task<IResult> Replace(HttpContext context, string clientId, Registrations registrations, SectorDocuments sectors, TokenOptions options, CancellationToken ct)
    {
        if (Managed(context, clientId, registrations) is not var (before, token)) return Refuse(context);

        // 1. load_request: about this client (section 2.2)
        var (request, malformed) = await RegistrationRequest.Read(context.Request, ct);
        if (request is null) return malformed!.AsCode();
        if (request.ClientId != clientId) return Refusals.InvalidClientMetadata.Because("client_id must be that of this registration.").AsCode();
        if (request.ClientSecret is { } secret && !registrations.IsSecretOf(before, secret)) return Refusals.InvalidClientMetadata.Because("client_secret must be the present one, or left out.").AsCode();

        // 2. check_request, check_sector
        var (after, wrong) = RegistrationRules.Platform(request, clientId, before.Company, before.CreatedAt, before.Client);
        if (after is null) return wrong!.AsCode();
        if (SectorRules.Refuse(after, before) is { } foreign) return foreign.AsCode();
        if (await sectors.Refuse(after, ct) is { } outside) return outside.AsCode();

        // 3. replace: all of it but what is an operator's to say
        var client = after.Client with { RegistrationTokenHash = before.Client.RegistrationTokenHash, Quirks = before.Client.Quirks, ScopeClaimsInIdToken = after.Client.ScopeClaimsInIdToken ?? before.Client.ScopeClaimsInIdToken };
        return RegistrationAnswers.Tell(await registrations.Replace(before, after with { Description = before.Description, Origins = before.Origins, Client = client }, token, ct), options, StatusCodes.Status200OK);
    }

    public static async Task<IResult> Remove(HttpContext context, string clientId, Registrations registrations, CancellationToken ct)
    {
        if (Managed(context, clientId, registrations) is not var (platform, _)) return Refuse(context);
        await registrations.Remove(platform, ct);
        return Results.NoContent();
    }

    private static (Platform Platform, Secret Token)? Managed(HttpContext context, string clientId, Registrations registrations)
    {
        context.Response.Headers.CacheControl = "no-store";
        return RegistrationAnswers.Bearer(context) is { } token && registrations.Managed(clientId, token) is { } platform ? (platform, token) : null;
    }

    private static IResult Refuse(HttpContext context) => RegistrationAnswers.Refuse(context, said: RegistrationAnswers.Bearer(context) is not null);
}

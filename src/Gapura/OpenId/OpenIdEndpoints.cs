using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId;

/// <summary>The hall. So far what the two doors need: keys to verify with, refreshing, revoking and asking about tokens.</summary>
internal static class OpenIdEndpoints
{
    public static void MapOpenId(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/oauth-authorization-server", MetadataDocuments.ServerMetadata).RequireCors(PartnerOrigins.Any);
        routes.MapGet("/.well-known/jwks.json", MetadataDocuments.KeySet).RequireCors(PartnerOrigins.Any);

        routes.MapPost("/oauth/token", TokenEndpoint.Refresh).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/oauth/introspect", Introspection.Introspect);
        routes.MapPost("/oauth/revoke", Revocation.Revoke).RequireCors(PartnerOrigins.Registered);

        routes.RefuseOtherMethods("POST", "/oauth/token", "/oauth/introspect", "/oauth/revoke");
    }
}

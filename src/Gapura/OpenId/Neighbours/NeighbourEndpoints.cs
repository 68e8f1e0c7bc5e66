using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Neighbours;

/// <summary>The pages documented beside QRAuth: who somebody is, their picture, their keys, and a token renewed without trading it.</summary>
internal static class NeighbourEndpoints
{
    public static void MapNeighbours(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth/refreshAccessToken", OldRenewal.Renew).RequireCors(PartnerOrigins.Registered);

        routes.MapGet("/v1/user/me", UserEndpoints.Me).RequireCors(PartnerOrigins.RegisteredWithToken);
        routes.MapPost("/v1/user/update", UserEndpoints.Update).RequireCors(PartnerOrigins.RegisteredWithToken);

        routes.MapGet("/v1/keys", KeyEndpoints.List).RequireCors(PartnerOrigins.RegisteredWithToken);
        routes.MapPost("/v1/keys/challenge", KeyEndpoints.Challenge).RequireCors(PartnerOrigins.RegisteredWithToken);
        routes.MapPost("/v1/keys/register", KeyEndpoints.Register).RequireCors(PartnerOrigins.RegisteredWithToken);
        routes.MapPost("/v1/keys/delete", KeyEndpoints.Delete).RequireCors(PartnerOrigins.RegisteredWithToken);

        routes.RefuseOtherMethods("POST", "/oauth/refreshAccessToken", "/v1/user/update", "/v1/keys/challenge", "/v1/keys/register", "/v1/keys/delete");
        routes.RefuseOtherMethods("GET", "/v1/user/me", "/v1/keys");
    }
}

using Gapura.Kernel;
using Gapura.OpenId.Authorization;
using Gapura.OpenId.Ciba;
using Gapura.OpenId.Connected;
using Gapura.OpenId.DeviceFlow;
using Gapura.OpenId.Exchange;
using Gapura.OpenId.Inspection;
using Gapura.OpenId.Logout;
using Gapura.OpenId.Neighbours;
using Gapura.OpenId.Registration;
using Gapura.Platforms;

namespace Gapura.OpenId;

/// <summary>The hall: OpenID Connect's code flow on the same accounts, phones and tokens, and what the two doors need of it.</summary>
internal static class OpenIdEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapOpenId(this IEndpointRouteBuilder routes)
    {
        // What anybody may read
        routes.MapMethods("/.well-known/openid-configuration", Reading, MetadataDocuments.ServerMetadata).RequireCors(PartnerOrigins.Any);
        routes.MapMethods("/.well-known/oauth-authorization-server", Reading, MetadataDocuments.ServerMetadata).RequireCors(PartnerOrigins.Any);
        routes.MapMethods("/.well-known/jwks.json", Reading, MetadataDocuments.KeySet).RequireCors(PartnerOrigins.Any);

        // The person's browser
        routes.MapGet("/oauth/authorize", AuthorizationEndpoint.AuthorizeByGet);
        routes.MapPost("/oauth/authorize", AuthorizationEndpoint.AuthorizeByPost);
        routes.MapPost("/oauth/consent", AuthorizationEndpoint.Decide);
        routes.MapGet("/device", VerificationEndpoint.Show);
        routes.MapPost("/device", VerificationEndpoint.Decide);
        routes.MapGet("/oauth/logout", LogoutEndpoint.LogoutByGet);
        routes.MapPost("/oauth/logout", LogoutEndpoint.LogoutByPost);
        routes.MapPost(LogoutAnswers.ConfirmAddress, LogoutEndpoint.Decide);
        routes.MapGet(ConnectedEndpoints.Address, ConnectedEndpoints.Show);
        routes.MapPost(ConnectedEndpoints.TakeBackAddress, ConnectedEndpoints.TakeBack);

        // The platform's programs
        routes.MapPost("/oauth/par", PushedRequestEndpoint.Push).RequireCors(PartnerOrigins.RegisteredWithKey);
        routes.MapPost("/oauth/device_authorization", DeviceAuthorization.Open);
        routes.MapPost("/oauth/bc-authorize", BackChannelEndpoint.Open);
        routes.MapPost("/oauth/token", TokenEndpoint.Token).RequireCors(PartnerOrigins.RegisteredWithKey);
        routes.MapGet("/oauth/userinfo", UserInfo.TellByGet).RequireCors(PartnerOrigins.RegisteredWithToken);
        routes.MapPost("/oauth/userinfo", UserInfo.TellByPost).RequireCors(PartnerOrigins.RegisteredWithToken);
        routes.MapPost("/oauth/introspect", Introspection.Introspect);
        routes.MapPost("/oauth/revoke", Revocation.Revoke).RequireCors(PartnerOrigins.RegisteredWithKey);
        routes.MapPost("/oauth/register", RegistrationEndpoint.Register);
        routes.MapGet("/oauth/register/{clientId}", ManagementEndpoint.Show);
        routes.MapPut("/oauth/register/{clientId}", ManagementEndpoint.Replace);
        routes.MapDelete("/oauth/register/{clientId}", ManagementEndpoint.Remove);
        routes.MapNeighbours();

        // The person's phone
        routes.MapGet("/v1/phone/requests", PhoneRequests.List);
        routes.MapPost("/v1/phone/requests/{id}", PhoneRequests.Decide);

        routes.RefuseOtherMethods("GET, HEAD", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/.well-known/jwks.json");
        routes.RefuseOtherMethods("GET, POST", "/oauth/authorize", "/oauth/userinfo", "/oauth/logout");
        routes.RefuseOtherMethods("GET, PUT, DELETE", "/oauth/register/{clientId}");
        routes.RefuseOtherMethods("POST", "/oauth/consent", "/oauth/par", "/oauth/device_authorization", "/oauth/bc-authorize", "/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/register", LogoutAnswers.ConfirmAddress);
        routes.RefuseOtherMethods("GET", "/v1/phone/requests");
    }
}

using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.SeamlessLogin;

/// <summary>"Login as …": a platform's backend fetches a ticket, its page opens the popup, the person signs in there.</summary>
internal static class SeamlessLoginEndpoints
{
    public static void MapSeamlessLogin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/V1/NLE/AuthApiKey", AuthApiKey);
        routes.MapGet("/nleportal/nleportalsvc/api/v1/auth/requestToken", RequestToken);

        routes.MapGet("/seamlesslogin/", PopupEndpoints.Open);
        routes.MapPost("/seamlesslogin/", PopupEndpoints.OpenPosted);
        routes.MapPost("/seamlesslogin/sign-in", PopupEndpoints.SignIn);
        routes.MapPost("/seamlesslogin/phone", PopupEndpoints.Phone);
        routes.MapPost("/seamlesslogin/confirm", PopupEndpoints.Confirm);

        routes.MapPost("/seamlesslogin/collect", PopupCollect.Collect).RequireCors(PartnerOrigins.Registered);
        routes.MapPost("/seamlesslogin/preflight", PopupPreflight.Look).RequireCors(PartnerOrigins.AnyByPost);

        routes.RefuseOtherMethods("GET", "/V1/NLE/AuthApiKey", "/nleportal/nleportalsvc/api/v1/auth/requestToken");
        routes.RefuseOtherMethods("POST", "/seamlesslogin/collect", "/seamlesslogin/preflight");
    }

    private static IResult AuthApiKey(HttpContext context, ApiKeys apiKeys, LoginTickets tickets, ApiKeyHeaders headers)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (apiKeys.Verify(headers.Read(context)) is not { Platform.IsOAuthOnly: false } live) return Refusals.ApiKeyNotValid.AsSentence();
        var (key, platform) = live;
        return new JsonAnswer<AuthApiKeyAnswer>(
            new(new(platform.Name, platform.Company, platform.Description, platform.Domain.Text, tickets.Issue(key.Id).Text)),
            TicketJson.Wire.AuthApiKeyAnswer);
    }

    private static IResult RequestToken(HttpContext context, ApiKeys apiKeys, LoginTickets tickets)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (apiKeys.Verify(context.Request.Query["key"]) is not { Platform.IsOAuthOnly: false } live) return Refusals.ApiKeyNotValid.AsSentence();
        var (key, platform) = live;
        return new JsonAnswer<RequestTokenAnswer>(
            new(new(platform.Domain.Text, platform.Company, platform.Description, platform.Name, tickets.Issue(key.Id).Text), "Success", 200),
            TicketJson.Wire.RequestTokenAnswer);
    }
}

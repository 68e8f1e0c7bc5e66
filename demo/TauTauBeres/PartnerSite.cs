using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace Gapura.Demo.TauTauBeres;

/// <summary>The backend of TauTauBeres.id: its pages, what they need to know, and a ticket when they ask.</summary>
internal static class PartnerSite
{
    public static WebApplication Build(PartnerSettings settings, DemoDevice device)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(settings.Url);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolver = PartnerJson.Default);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { UseProxy = false }));
        builder.Services.AddSingleton<LoginTickets>();
        builder.Services.AddSingleton(device).AddSingleton<ToyPhone>();

        var app = builder.Build();
        app.Use(SecureAsync);
        var pages = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "TauTauBeres", "wwwroot"));
        app.UseFileServer(new FileServerOptions { FileProvider = pages });
        app.UseRouting();
        app.MapGet("/settings", Settings);
        app.MapGet("/login-ticket", LoginTicketAsync);
        app.MapToyPhone();
        return app;
    }

    // No Cross-Origin-Opener-Policy here: "same-origin" would cut the thread between this page and the popup.
    private static Task SecureAsync(HttpContext http, RequestDelegate next)
    {
        var settings = http.RequestServices.GetRequiredService<PartnerSettings>();
        var customs = new Uri(settings.CustomsUrl).GetLeftPart(UriPartial.Authority);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'self'; img-src 'self' data:; connect-src 'self' {settings.Issuer} {customs}; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers.CacheControl = "no-cache";
        return next(http);
    }

    private static Ok<PageSettings> Settings(PartnerSettings settings) =>
        TypedResults.Ok(new PageSettings(settings.Issuer, settings.ClientId, settings.CustomsUrl));

    private static async Task<Results<Ok<LoginTicket>, JsonHttpResult<PartnerError>>> LoginTicketAsync(
        HttpContext http, LoginTickets tickets, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store"; // a ticket opens one popup
        try
        {
            return TypedResults.Ok(await tickets.GetAsync(ct));
        }
        catch (HttpRequestException)
        {
            return TypedResults.Json(
                new PartnerError("signin_unavailable"), PartnerJson.Default.PartnerError, statusCode: StatusCodes.Status502BadGateway);
        }
    }
}

/// <summary>A ticket and where the popup goes with it; the page may add <c>state</c> and <c>ui_locales</c>.</summary>
internal sealed record LoginTicket(string Token, string Url);

/// <summary>What the page may know: everything here is public.</summary>
internal sealed record PageSettings(string Issuer, string ClientId, string CustomsUrl);

internal sealed record PartnerError(string Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(LoginTicket))]
[JsonSerializable(typeof(PageSettings))]
[JsonSerializable(typeof(PartnerError))]
[JsonSerializable(typeof(ToyCode))]
internal sealed partial class PartnerJson : JsonSerializerContext;

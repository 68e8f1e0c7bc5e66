using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using AuthenticationHeaderValue = System.Net.Http.Headers.AuthenticationHeaderValue;

namespace Gapura.Demo.CustomsApi;

/// <summary>A resource API: it lists customs documents for whoever the token belongs to.</summary>
internal static class CustomsSite
{
    public static WebApplication Build(CustomsSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(settings.Url);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolver = CustomsJson.Default);
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(settings.PartnerOrigin)
            .WithMethods(HttpMethods.Get)
            .WithHeaders(HeaderNames.Authorization)
            .WithExposedHeaders(HeaderNames.WWWAuthenticate)));
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { UseProxy = false }));
        builder.Services.AddSingleton<TokenCheck>();

        var app = builder.Build();
        app.UseRouting();
        app.UseCors();
        app.MapGet("/documents", DocumentsAsync);
        return app;
    }

    private static async Task<Results<Ok<CustomsAnswer>, JsonHttpResult<CustomsError>>> DocumentsAsync(
        HttpContext http, TokenCheck tokens, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var importer = Bearer(http.Request) is { } token ? await tokens.ImporterAsync(token, ct) : null;
            if (importer is not null)
                return TypedResults.Ok(new CustomsAnswer(importer.Username, importer.Npwp, CustomsDocuments.Of(importer.Npwp)));
        }
        catch (HttpRequestException)
        {
            return Error(StatusCodes.Status503ServiceUnavailable, "temporarily_unavailable", "The sign-in server cannot be asked right now.");
        }

        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Error(StatusCodes.Status401Unauthorized, "invalid_token", "Sign in again: this token is missing, expired or not valid.");
    }

    private static string? Bearer(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && header.Parameter is { Length: > 0 } token ? token : null;

    private static JsonHttpResult<CustomsError> Error(int status, string error, string description) =>
        TypedResults.Json(new CustomsError(error, description), CustomsJson.Default.CustomsError, statusCode: status);
}

// An API that trusts Gapura's access tokens: checked offline, and asked about where it matters.
// GAPURA_ISSUER and GAPURA_AUDIENCE say whose tokens, GAPURA_CLIENT_ID and GAPURA_API_KEY are this API's own (--resource-api).
using System.Security.Claims;
using Gapura.Client;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls($"http://localhost:{builder.Configuration["PORT"] ?? "3100"}");

// Signature, issuer, audience, kind and time; bearer tokens, and those bound to a key with their proof (DPoP).
builder.Services.AddGapuraTokens(tokens => tokens.Audience = builder.Configuration["GAPURA_AUDIENCE"] ?? "");
builder.Services.AddAuthorization();

var app = builder.Build();
app.MapGet("/documents", (ClaimsPrincipal me) => new { of = me.FindFirstValue("sub"), documents = new[] { "SPPB 000123", "SPPB 000124" } }).RequireAuthorization();

// Asked: also hears of revocations. For what cannot be undone.
app.MapDelete("/documents/{id}", async (string id, HttpContext http) =>
{
    try
    {
        var told = await http.IntrospectAsync();
        return told.IsActive ? Results.Ok(new { withdrawn = id, by = told.Username, npwp = told.Npwp }) : Results.Challenge();
    }
    catch (GapuraException trouble)
    {
        app.Logger.LogError(trouble, "Nobody could be asked. {Mend}", trouble.Mend);
        return Results.Json(new { error = "introspection_unavailable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}).RequireAuthorization();
app.Run();

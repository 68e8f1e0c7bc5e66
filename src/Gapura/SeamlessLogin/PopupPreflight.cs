using System.Text.Json;
using System.Text.Json.Serialization;
using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.SeamlessLogin;

/// <summary>
/// <c>POST /seamlesslogin/preflight</c>: would this ticket, opened from this page, lead back to it? Asked by a page before
/// anybody clicks. Whoever shows the ticket may know: the popup says the same to the person.
/// </summary>
internal static class PopupPreflight
{
    public static async Task<IResult> Look(HttpContext context, Popups popups, TimeProvider time, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (fields, malformed) = await RequestFields.Read(context.Request, ct);
        if (fields is null) return malformed!.AsSentence();

        // A ticket that was used is refused as an unknown one is, here as everywhere on the wire.
        var (ticket, platform, _) = await popups.Standing(fields["token"], ct);
        if (ticket is null || platform is null) return Refusals.ApiKeyNotValid.AsSentence();
        return Results.Json(
            new PreflightAnswer(
                platform.Name, platform.Domain.Text, context.Request.Headers.Origin == platform.Domain.Text,
                string.IsNullOrEmpty(fields["redirect_uri"]) ? null : RedirectUris.Allow(platform, fields["redirect_uri"]!),
                (int)(ticket.ExpiresAt - time.GetUtcNow()).TotalSeconds),
            PreflightJson.Wire.PreflightAnswer);
    }
}

/// <summary>200 of <c>POST /seamlesslogin/preflight</c>.</summary>
/// <param name="Domain">The one origin the popup's message goes to.</param>
/// <param name="OriginOk">The page that asks is of that origin.</param>
/// <param name="RedirectUriOk">The return page is registered; null when none was named.</param>
/// <param name="ExpiresIn">Seconds the ticket can still open a popup.</param>
internal sealed record PreflightAnswer(
    [property: JsonPropertyName("platform")] string Platform,
    [property: JsonPropertyName("domain")] string Domain,
    [property: JsonPropertyName("origin_ok")] bool OriginOk,
    [property: JsonPropertyName("redirect_uri_ok"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool? RedirectUriOk,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

[JsonSerializable(typeof(PreflightAnswer))]
internal sealed partial class PreflightJson : JsonSerializerContext
{
    public static PreflightJson Wire { get; } = new(new JsonSerializerOptions(WireJson.Options));
}

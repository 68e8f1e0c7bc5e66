using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Kernel;
using Gapura.Tokens;

namespace Gapura.OpenId.Registration;

/// <summary>How a registration is told (RFC 7591 section 3.2.1, RFC 7592 section 3): everything that is registered, under the standard's names.</summary>
internal static class RegistrationAnswers
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = WireJson.Options.Encoder, TypeInfoResolver = RegistrationJson.Default };

    public static IResult Tell(Registered registered, TokenOptions options, int status)
    {
        var (platform, management, secret) = registered;
        var answer = new JsonObject
        {
            ["client_id"] = platform.ClientId,
            ["client_id_issued_at"] = platform.CreatedAt.ToUnixTimeSeconds(),
            ["registration_access_token"] = management.Reveal(),
            ["registration_client_uri"] = $"{options.Issuer.Text}/oauth/register/{platform.ClientId}",
            ["client_name"] = platform.Name,
            ["redirect_uris"] = new JsonArray([.. platform.RedirectUris.Select(u => (JsonNode)u)]),
            ["response_types"] = new JsonArray([.. platform.RedirectUris.Take(1).Select(_ => (JsonNode)"code")]),
        };
        if (secret is { } shown) (answer["client_secret"], answer["client_secret_expires_at"]) = (shown.Reveal(), 0);
        foreach (var (name, value) in JsonNode.Parse(platform.Client.Write())!.AsObject().Where(m => !m.Key.StartsWith("gapura_", StringComparison.Ordinal))) answer[name] = value?.DeepClone();
        return Results.Text(answer.ToJsonString(Written), "application/json", statusCode: status);
    }

    /// <summary>401 as RFC 6750 section 3 asks for: unknown, expired, revoked, used up and another's look alike.</summary>
    public static IResult Refuse(HttpContext context, bool said)
    {
        context.Response.Headers.WWWAuthenticate = said ? "Bearer realm=\"Gapura\", error=\"invalid_token\"" : "Bearer realm=\"Gapura\"";
        return Refusals.InvalidToken.Because("The token is missing, not valid, has expired, was revoked or is used up.").AsCode();
    }

    /// <summary>In the header only (RFC 6750 section 2.1).</summary>
    public static Secret? Bearer(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Length < 200 ? new Secret(header[7..].Trim()) : null;
}

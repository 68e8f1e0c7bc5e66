using System.Security.Claims;
using System.Text.Json;
using Gapura.Client.Wire;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gapura.Client.Tokens;

/// <summary>What a checked token says of who calls, as claims under the token's own names.</summary>
internal static class Callers
{
    private static readonly string[] Kept = ["iss", "sub", "username", "npwp", "client_id", "acr", "amr", "auth_time", "jti", "grant_id", "nonce", "sid"];

    /// <param name="told">What the server said just now, which counts before what the token said when it was made; null where it was not asked.</param>
    public static ClaimsIdentity Of(JsonWebToken token, Introspection? told, string scheme)
    {
        var claims = token.Claims.Where(c => Kept.Contains(c.Type)).Select(c => new Claim(c.Type, c.Value)).ToList();
        if (token.TryGetPayloadValue<string>("scope", out var scope)) claims.AddRange(scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new Claim("scope", word)));
        if (token.TryGetPayloadValue<JsonElement>("act", out var act) && GapuraHttp.Text(act, "sub") is { } actor) claims.Add(new Claim("act", actor));
        if (told is not null)
        {
            Replace("sub", told.Subject);
            Replace("username", told.Username);
            Replace("npwp", told.Npwp);
        }

        return new ClaimsIdentity(claims, scheme, "username", "role");

        void Replace(string type, string? value)
        {
            if (value is null) return;
            claims.RemoveAll(c => c.Type == type);
            if (value.Length > 0) claims.Add(new Claim(type, value));
        }
    }
}

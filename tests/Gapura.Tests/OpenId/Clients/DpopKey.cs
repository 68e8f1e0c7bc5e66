using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>A client's key of possession: makes a proof for each request.</summary>
internal sealed class DpopKey(GapuraServer server, Signer signer)
{
    public string Thumbprint => signer.Thumbprint;

    public static (string Name, JsonNode? Value)[] HeaderOf(Signer signer)
    {
        var jwk = signer.Jwk;
        jwk.Remove("kid");
        return [("typ", "dpop+jwt"), ("jwk", jwk), ("kid", null)];
    }

    public JsonObject Claims(string method, string path, string? token, params (string Name, JsonNode? Value)[] changed)
    {
        var claims = new JsonObject
        {
            ["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)), ["htm"] = method, ["htu"] = server.Issuer + path, ["iat"] = server.Clock.Now.ToUnixTimeSeconds(),
        };
        if (token is not null) claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        foreach (var (name, value) in changed)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }

        return claims;
    }

    public string Proof(string method, string path, string? token = null, params (string Name, JsonNode? Value)[] changed) => signer.Sign(Claims(method, path, token, changed), HeaderOf(signer));

    public Task<Reply> UserInfo(string token, params (string Name, JsonNode? Value)[] changed) =>
        server.Get("/oauth/userinfo", ("Authorization", $"DPoP {token}"), ("DPoP", Proof("GET", "/oauth/userinfo", token, changed)));

    public Task<Reply> Token(IEnumerable<(string Name, string Value)> fields, params (string Name, JsonNode? Value)[] changed) =>
        server.PostForm("/oauth/token", fields, ("DPoP", Proof("POST", "/oauth/token", null, changed)));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Gapura.Kernel;

namespace Gapura.OpenId.Ciba;

/// <summary>"It is decided: ask now" (CIBA Core 1.0 section 10.2).</summary>
internal sealed record PingBody([property: JsonPropertyName("auth_req_id")] string RequestId);

/// <summary>The tokens themselves (section 10.3.1).</summary>
internal sealed record PushBody(
    [property: JsonPropertyName("auth_req_id")] string RequestId,
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("id_token")] string IdToken)
{
    /// <summary>What ties an ID token to the call it came in: nobody can put another beside it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Claims(string requestId, Secret? refreshToken)
    {
        List<KeyValuePair<string, string>> claims = [new("urn:openid:params:jwt:claim:auth_req_id", requestId)];
        if (refreshToken is { } token) claims.Add(new("urn:openid:params:jwt:claim:rt_hash", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token.Reveal())).AsSpan(0, 16))));
        return claims;
    }

    public override string ToString() => "***";
}

/// <summary>That there will be none (section 12).</summary>
internal sealed record PushError(
    [property: JsonPropertyName("auth_req_id")] string RequestId,
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description);

using Gapura.Tests.QrAuth;

namespace Gapura.Tests.OpenId;

/// <summary>What a platform's backend and a resource API ask.</summary>
internal static class OpenIdSteps
{
    /// <returns>The phone's tokens of a fresh QR sign-in.</returns>
    public static async Task<(string Access, string Refresh)> SignIn(this GapuraServer server, string clientId = GapuraServer.ClientId)
    {
        var reply = await server.Approve(await server.Open(QrSteps.NewNonce(), clientId));
        return (reply.AccessToken(), reply.RefreshToken());
    }

    /// <summary>As a public client does: by name alone.</summary>
    public static Task<Reply> Refresh(this GapuraServer server, string refreshToken, string clientId = GapuraServer.ClientId) =>
        server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", clientId)]);

    public static Task<Reply> Introspect(this GapuraServer server, string token, string apiKey) =>
        server.PostForm("/oauth/introspect", [("token", token)], ("beacukai-api-key", apiKey));

    public static string NextRefreshToken(this Reply reply) => reply.IsOk().Json.GetProperty("refresh_token").GetString()!;
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gapura.Tests.QrAuth;

/// <summary>What a screen and a phone do, in their own words.</summary>
internal static class QrSteps
{
    public const string PhoneNonce = "XZSZPSA6yBVqfKj8fCgO2WZDamSQPPhS";

    /// <summary>32 characters, as the public React component makes them.</summary>
    public static string NewNonce() => RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 32);

    /// <summary>The screen's one request: it opens, waits and collects.</summary>
    public static Task<Reply> Ask(this GapuraServer server, string nonce, string clientId = GapuraServer.ClientId) =>
        server.Post("/v1/qrAuth", JsonSerializer.Serialize(new { clientId, nonce }));

    /// <returns>The session id of a fresh QR code.</returns>
    public static async Task<string> Open(this GapuraServer server, string nonce, string clientId = GapuraServer.ClientId) =>
        (await server.Ask(nonce, clientId)).IsOk().Json.GetProperty("sessionId").GetString()!;

    public static Task<Reply> Approve(this GapuraServer server, string sessionId, Phone? phone = null, string? signature = null, string nonce = PhoneNonce)
    {
        phone ??= server.Phone;
        return server.Post("/v1/authenticate", JsonSerializer.Serialize(new { sessionId, signature = signature ?? phone.Sign(sessionId), publicKey = phone.PublicKey, nonce }));
    }

    public static JsonElement Claims(string accessToken) => JsonDocument.Parse(Base64Url.DecodeFromChars(accessToken.Split('.')[1])).RootElement;

    public static string AccessToken(this Reply reply)
    {
        var json = reply.IsOk().Json;
        return (json.TryGetProperty("data", out var data) ? data : json).GetProperty("accessToken").GetString()!;
    }

    public static string RefreshToken(this Reply reply)
    {
        var json = reply.IsOk().Json;
        return (json.TryGetProperty("data", out var data) ? data : json).GetProperty("refreshToken").GetString()!;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

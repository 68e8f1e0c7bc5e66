using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gapura.Tests.QrAuth;

/// <summary>A screen that keeps a verifier: it opens, looks how things stand, types codes and collects. Its own code, nothing of ours.</summary>
internal sealed class LiveScreen(GapuraServer server, string clientId = GapuraServer.ClientId)
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string UserAgent { get; init; } = Chrome;

    public string Nonce => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public Task<Reply> Ask() => server.Post("/v1/qrAuth", JsonSerializer.Serialize(new { clientId, nonce = Nonce, nonceMethod = "S256" }), ("User-Agent", UserAgent));

    /// <returns>The session id of a fresh code.</returns>
    public async Task<string> Open() => (await Ask()).IsOk().Json.GetProperty("sessionId").GetString()!;

    public async Task<JsonElement> State() =>
        (await server.Get($"/v1/qrAuth/events?clientId={clientId}&nonce={Nonce}", ("Accept", "application/json"))).IsOk().Json;

    public async Task<string> StateWord() => (await State()).GetProperty("state").GetString()!;

    public Task<Reply> Type(string sessionId, string code, string? verifier = null) =>
        server.Post("/v1/qrAuth/confirm", JsonSerializer.Serialize(new { sessionId, verifier = verifier ?? Verifier, code }));

    public Task<Reply> Collect(string sessionId, string? verifier = null) =>
        server.Post("/v1/qrAuth/collect", JsonSerializer.Serialize(new { sessionId, verifier = verifier ?? Verifier }));
}

/// <summary>What a phone of ours does beside what a documented one does.</summary>
internal static class PhoneSteps
{
    public static Task<Reply> Scan(this GapuraServer server, string sessionId, Phone? phone = null, params (string Name, string Value)[] headers) =>
        server.Signed("/v1/qrAuth/scan", "nu.id.scan:1:", sessionId, phone ?? server.Phone, headers);

    public static Task<Reply> Deny(this GapuraServer server, string sessionId, Phone? phone = null) =>
        server.Signed("/v1/qrAuth/deny", "nu.id.deny:1:", sessionId, phone ?? server.Phone);

    public static Task<Reply> Approve(this GapuraServer server, string sessionId, string? choice, Phone? phone = null)
    {
        phone ??= server.Phone;
        return server.Post("/v1/authenticate", JsonSerializer.Serialize(new
        {
            sessionId, signature = phone.Sign(sessionId), publicKey = phone.PublicKey, nonce = QrSteps.PhoneNonce, confirmation = choice,
        }, QrJson.WithoutNulls));
    }

    /// <summary>The whole way, whatever is asked for.</summary>
    /// <returns>What the screen collects.</returns>
    public static async Task<Reply> SignIn(this GapuraServer server, LiveScreen screen, Phone? phone = null)
    {
        var sessionId = await screen.Open();
        var seen = (await server.Scan(sessionId, phone)).IsOk().Json;
        string? choice = null;
        if (seen.GetProperty("confirmation").GetString() == "type") (await screen.Type(sessionId, seen.GetProperty("code").GetString()!)).IsOk();
        else choice = (await screen.State()).GetProperty("digits").GetString();
        (await server.Approve(sessionId, choice, phone)).IsOk();
        return (await screen.Collect(sessionId)).IsOk();
    }

    public static string[] Reasons(this Reply scanned) => [.. scanned.IsOk().Json.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)];

    /// <returns>A choice that is not on the screen.</returns>
    public static string WrongChoice(this Reply scanned, string digits) =>
        scanned.IsOk().Json.GetProperty("choices").EnumerateArray().Select(c => c.GetString()!).First(c => c != digits);

    private static Task<Reply> Signed(this GapuraServer server, string path, string purpose, string sessionId, Phone phone, params (string Name, string Value)[] headers) => server.Post(
        path, JsonSerializer.Serialize(new { sessionId, signature = phone.Sign(purpose + sessionId), publicKey = phone.PublicKey }), headers);
}

internal static class QrJson
{
    public static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}

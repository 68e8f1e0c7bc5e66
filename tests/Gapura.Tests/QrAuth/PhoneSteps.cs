using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>A screen of ours and a phone of ours, from the code to the tokens: docs/phone.md.</summary>
internal static class PhoneSteps
{
    /// <returns>What the phone was answered, and what the screen collected.</returns>
    public static async Task<(Reply OnPhone, Reply OnScreen)> SignInByPhone(this GapuraServer server, string clientId, Phone phone)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var nonce = Base64Url.EncodeToString(SHA256.HashData(Bytes(verifier)));
        var sessionId = (await server.Say("/v1/qrAuth", new { clientId, nonce, nonceMethod = "S256" })).IsOk().Json.GetProperty("sessionId").GetString()!;

        var seen = (await server.Say("/v1/qrAuth/scan", new { sessionId, publicKey = phone.PublicKey, signature = phone.Sign("nu.id.scan:1:" + sessionId) })).IsOk().Json;
        string? confirmation = null;
        if (seen.GetProperty("confirmation").GetString() == "type")
            (await server.Say("/v1/qrAuth/confirm", new { sessionId, verifier, code = seen.GetProperty("code").GetString() })).IsOk();
        else
            confirmation = (await server.Get($"/v1/qrAuth/events?clientId={clientId}&nonce={nonce}", ("Accept", "application/json"))).IsOk().Json.GetProperty("digits").GetString();

        var yes = new Dictionary<string, string> { ["sessionId"] = sessionId, ["signature"] = phone.Sign(sessionId), ["publicKey"] = phone.PublicKey, ["nonce"] = PhoneNonce };
        if (confirmation is not null) yes["confirmation"] = confirmation;
        var approved = await server.Say("/v1/authenticate", yes);
        return (approved.IsOk(), (await server.Say("/v1/qrAuth/collect", new { sessionId, verifier })).IsOk());
    }

    private static Task<Reply> Say(this GapuraServer server, string path, object question) => server.Post(path, JsonSerializer.Serialize(question));
}

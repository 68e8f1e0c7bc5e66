using System.Text;
using System.Text.Json;
using Gapura.Tests.Sessions;

namespace Gapura.Tests.Authenticator;

/// <summary>What our own phone does beside scanning, in its own words.</summary>
internal static class PhoneSteps
{
    public static Task<Reply> PostJson(this Browser browser, string path, object body) => browser.SendJson(HttpMethod.Post, path, body);

    public static Task<Reply> SendJson(this Browser browser, HttpMethod method, string path, object body) =>
        browser.Send(method, path, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)), "application/json");

    public static Task<Reply> PhoneSignIn(this Browser browser, string username = GapuraServer.Username, string password = GapuraServer.Password) =>
        browser.PostJson("/v1/phone/sign-in", new { username, password });

    public static async Task<string> PhoneChallenge(this Browser browser, Phone phone) =>
        (await browser.PostJson("/v1/phone/challenge", new { publicKey = phone.PublicKey })).IsOk().Json.GetProperty("challenge").GetString()!;

    public static Task<Reply> PhoneSession(this Browser browser, Phone phone, string challenge, string? signature = null) =>
        browser.PostJson("/v1/phone/session", new { publicKey = phone.PublicKey, challenge, signature = signature ?? phone.Sign(challenge) });

    /// <summary>Signs in by key.</summary>
    public static async Task<Reply> OpenPhone(this Browser browser, Phone phone) => await browser.PhoneSession(phone, await browser.PhoneChallenge(phone));

    public static async Task<JsonElement[]> SignIns(this Browser browser) => [.. (await browser.Get("/v1/phone/sign-ins")).IsOk().Json.EnumerateArray()];

    public static Task<Reply> Report(this Browser browser, string id) => browser.Post($"/v1/phone/sign-ins/{id}/report");

    public static string Text(this JsonElement json, string member) => json.GetProperty(member).GetString()!;
}

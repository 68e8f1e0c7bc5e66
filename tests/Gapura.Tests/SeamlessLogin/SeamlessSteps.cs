using System.Text.Json;
using Gapura.Tests.Sessions;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>What a platform's backend and its popup do, in their own words.</summary>
internal static class SeamlessSteps
{
    public const string NotValid = """{"error":"API key is not valid or is expired / revoked."}""";

    public static async Task<string> Ticket(this GapuraServer server, string? apiKey = null) =>
        (await server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", apiKey ?? server.ApiKey))).IsOk().Json.GetProperty("data").GetProperty("token").GetString()!;

    /// <summary>Opens the popup as a platform's page does: from another site.</summary>
    public static async Task<Reply> OpenPopup(this Browser browser, string ticket, string more = "")
    {
        var before = browser.FetchSite;
        browser.FetchSite = before is null ? null : "cross-site";
        var page = await browser.Get($"/seamlesslogin/?token={ticket}{more}");
        browser.FetchSite = before;
        return page;
    }

    public static Task<Reply> SignInAt(this Browser browser, Reply page, string username = GapuraServer.Username, string password = GapuraServer.Password) =>
        browser.Submit(page, ("username", username), ("password", password));

    public static string AccessTokenOf(JsonElement message) => message.GetProperty("access_token").GetString()!;
}

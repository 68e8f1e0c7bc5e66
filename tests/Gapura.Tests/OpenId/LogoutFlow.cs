using System.Text.Json;
using Gapura.Tests.Sessions;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Tests.OpenId;

/// <summary>A person signs in at platforms in one browser, and out again.</summary>
internal static class LogoutFlow
{
    /// <returns>The token endpoint's answer.</returns>
    public static async Task<JsonElement> SignInAt(this CodeFlow flow, string clientId, string scope = "openid") =>
        (await flow.Exchange((await flow.ToCallback(("client_id", clientId), ("scope", scope)))["code"], null, ("client_id", clientId))).IsOk().Json;

    public static Task<Reply> Logout(this Browser browser, params (string Name, string? Value)[] parameters) => browser.Get(Address(parameters));

    public static string Address(params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString("/oauth/logout", parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value)));

    public static string IdToken(this JsonElement tokens) => tokens.GetProperty("id_token").GetString()!;

    public static string? Text(this JsonElement claims, string name) => claims.GetProperty(name).GetString();

    public static async Task<bool> IsSignedIn(this Browser browser) => (await browser.Get("/account")).Status == 200;
}

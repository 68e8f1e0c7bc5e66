using System.Security.Cryptography;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>A backend written by the documentation beside QRAuth: a secret, a state, no PKCE; and somebody it signs in.</summary>
internal sealed class OldPlatform(GapuraServer server, string clientId, string key)
{
    public const string Username = "siti.aminah";

    public string ClientId => clientId;

    public string Key => key;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<OldPlatform> Register(GapuraServer server, ClientSettings? client = null, params string[] redirectUris)
    {
        var clientId = "old-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        Assert.True(await server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = "Lama Sekali", Company = "PT Lama", Domain = Seed.Origin($"https://{clientId}.example.com"), CreatedAt = server.Clock.Now,
            RedirectUris = redirectUris is [] ? [CodeFlow.Callback] : redirectUris, Client = client ?? ClientSettings.Usual,
        }, Ct));
        var key = (await server.Get<ApiKeys>().Issue(clientId, null, Ct))!.Value.Key.Reveal();
        await server.Follow();
        return new OldPlatform(server, clientId, key);
    }

    public static Task<OldPlatform> LetInBy(GapuraServer server, params string[] quirks) => Register(server, new ClientSettings { Quirks = quirks });

    /// <summary>Somebody with a name, an email address and a telephone.</summary>
    public static async Task<Account> Person(GapuraServer server, string username = Username)
    {
        if (await server.Get<AccountRegister>().Find(username, Ct) is { } found) return found.Account;
        var account = new Account { Id = PublicId.New(server.Clock), Username = username, Name = "Siti Aminah", Email = "siti@example.com", Phone = "+628123456789", CreatedAt = server.Clock.Now };
        Assert.True(await server.Get<AccountRegister>().TryAdd(account, await server.Get<Passwords>().Hash(GapuraServer.Password, Ct), Ct));
        return account;
    }

    /// <summary>What the documentation sends to the authorization endpoint, and nothing else.</summary>
    public (string Name, string? Value)[] Request(string? scope) =>
        [("client_id", clientId), ("scope", scope), ("nonce", null), ("code_challenge", null), ("code_challenge_method", null)];

    public async Task<Dictionary<string, string>> ToCallback(string? scope, Browser? browser = null)
    {
        browser ??= await SignedIn();
        return await new CodeFlow(server) { Browser = browser }.ToCallback(Request(scope));
    }

    public async Task<Browser> SignedIn(string username = Username)
    {
        await Person(server, username);
        var browser = new Browser(server);
        (await browser.SignIn(username)).IsSeeOther("/account");
        return browser;
    }

    public Task<Reply> Exchange(string code) => server.PostForm("/oauth/token",
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CodeFlow.Callback), ("client_id", clientId), ("client_secret", key)]);

    /// <returns>The tokens of a fresh sign-in.</returns>
    public async Task<(string Access, string Refresh)> SignIn(string? scope, Browser? browser = null)
    {
        var json = (await Exchange((await ToCallback(scope, browser))["code"])).IsOk().Json;
        return (json.GetProperty("access_token").GetString()!, json.GetProperty("refresh_token").GetString()!);
    }

    public Task<Reply> Renew(string refreshToken, params (string Name, string Value)[] more) =>
        server.PostForm("/oauth/refreshAccessToken", [("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", clientId), .. more]);
}

/// <summary>How a bearer calls.</summary>
internal static class BearerSteps
{
    public static Task<Reply> Me(this GapuraServer server, string token) => server.Get("/v1/user/me", Bearer(token));

    public static Task<Reply> Keys(this GapuraServer server, string token) => server.Get("/v1/keys", Bearer(token));

    public static Task<Reply> PostAs(this GapuraServer server, string token, string path, params (string Name, string Value)[] fields) => server.PostForm(path, fields, Bearer(token));

    public static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A platform's side of the code flow, and the person's browser: what each of them says, in their own words.</summary>
internal sealed class CodeFlow(GapuraServer server)
{
    public const string ClientId = "app";
    public const string Callback = "https://app.example.com/cb";

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public Browser Browser { get; init; } = new(server);

    public static async Task<string> Register(GapuraServer server, string clientId = ClientId, bool keyed = false, ClientSettings? client = null)
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.True(await server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = "Aplikasi", Company = "PT Aplikasi", Domain = Seed.Origin($"https://{clientId}.example.com"), RedirectUris = [Callback], Client = client ?? ClientSettings.Usual, CreatedAt = server.Clock.Now,
        }, ct));
        var key = keyed ? (await server.Get<ApiKeys>().Issue(clientId, null, ct))!.Value.Key.Reveal() : "";
        await server.Follow();
        return key;
    }

    public string Query(params (string Name, string? Value)[] changed)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = ClientId, ["redirect_uri"] = Callback, ["response_type"] = "code", ["scope"] = "openid profile npwp offline_access", ["state"] = "the state", ["nonce"] = "the nonce",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))), ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changed) all[name] = value;
        return QueryHelpers.AddQueryString("", all.Where(p => p.Value is not null));
    }

    public Task<Reply> Authorize(params (string Name, string? Value)[] changed) => Browser.Get("/oauth/authorize" + Query(changed));

    /// <summary>From the first request to the callback, with whatever is asked on the way.</summary>
    public async Task<Dictionary<string, string>> ToCallback(params (string Name, string? Value)[] changed) => await Follow(await Authorize(changed));

    /// <summary>From an answer of ours to the callback.</summary>
    public async Task<Dictionary<string, string>> Follow(Reply reply)
    {
        for (var hops = 0; hops < 8; hops++)
        {
            if (reply["Location"] is { } location)
            {
                if (location.StartsWith(Callback, StringComparison.Ordinal)) return Answer(location);
                reply = await Browser.Get(location);
            }
            else
            {
                reply = reply.Text.Contains("action=\"/oauth/consent\"", StringComparison.Ordinal)
                    ? await Browser.Submit(reply, ("decision", "allow"))
                    : await Browser.Submit(reply, ("username", GapuraServer.Username), ("password", GapuraServer.Password));
            }
        }

        throw new InvalidOperationException($"No callback: {reply.Status} {reply.Text}");
    }

    public Task<Reply> Exchange(string code, string? key = null, params (string Name, string? Value)[] changed)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Callback, ["code_verifier"] = Verifier, ["client_id"] = ClientId, ["client_secret"] = key,
        };
        foreach (var (name, value) in changed) all[name] = value;
        return server.PostForm("/oauth/token", all.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!)));
    }

    public static Dictionary<string, string> Answer(string location) =>
        QueryHelpers.ParseQuery(new Uri(location).Query).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);

    public static JsonElement Claims(string jwt) => JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1])).RootElement;
}

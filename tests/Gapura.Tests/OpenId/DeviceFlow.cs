using System.Text.Json;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A device without a keyboard: what it asks and how often, and nothing of ours.</summary>
internal sealed class DeviceFlow(GapuraServer server)
{
    public const string ClientId = "tv";
    public const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    private JsonElement? _opened;

    public string DeviceCode => _opened!.Value.GetProperty("device_code").GetString()!;

    public string UserCode => _opened!.Value.GetProperty("user_code").GetString()!;

    public string Page => "/device?user_code=" + UserCode;

    public static async Task<string> Register(GapuraServer server, string clientId = ClientId, bool keyed = false, string? grantType = GrantType)
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.True(await server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = "Layar Lebar", Company = "PT Layar", Domain = Seed.Origin($"https://{clientId}.example.com"), CreatedAt = server.Clock.Now,
            Client = new ClientSettings { GrantTypes = grantType is null ? null : [grantType] },
        }, ct));
        var key = keyed ? (await server.Get<ApiKeys>().Issue(clientId, null, ct))!.Value.Key.Reveal() : "";
        await server.Follow();
        return key;
    }

    public Task<Reply> Ask(params (string Name, string? Value)[] changed) => Post("/oauth/device_authorization", [("client_id", ClientId), ("scope", "openid profile offline_access")], changed);

    public async Task<DeviceFlow> Open(params (string Name, string? Value)[] changed)
    {
        _opened = (await Ask(changed)).IsOk().Json;
        return this;
    }

    public Task<Reply> Poll(params (string Name, string? Value)[] changed) => Post("/oauth/token", [("grant_type", GrantType), ("device_code", DeviceCode), ("client_id", ClientId)], changed);

    /// <summary>As patient as it was told to be.</summary>
    public Task<Reply> PollInTime(params (string Name, string? Value)[] changed)
    {
        server.Clock.Pass(TimeSpan.FromSeconds(5));
        return Poll(changed);
    }

    /// <summary>A person brings the code to a browser and decides there.</summary>
    public async Task<Browser> Decide(string decision = "allow")
    {
        var browser = new Browser(server);
        (await browser.SignIn()).IsSeeOther("/account");
        (await browser.Submit((await browser.Get(Page)).IsPage(UserCode), ("decision", decision))).IsSeeOther("/device?done=" + (decision == "allow" ? "allowed" : "denied"));
        return browser;
    }

    private Task<Reply> Post(string path, (string Name, string? Value)[] usual, (string Name, string? Value)[] changed)
    {
        var all = usual.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        foreach (var (name, value) in changed) all[name] = value;
        return server.PostForm(path, all.Where(f => f.Value is not null).Select(f => (f.Key, f.Value!)), ("User-Agent", "Mozilla/5.0 (Linux; Android 12) Chrome/120.0"));
    }
}

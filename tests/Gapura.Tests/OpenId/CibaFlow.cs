using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A platform's backend that asks a phone, and the phone: what each of them says, in their own words.</summary>
internal sealed class CibaFlow
{
    public const string GrantType = "urn:openid:params:grant-type:ciba";
    public const string NotificationToken = "8d67dc78-7faa-4d41-aabd-67707b374255";
    private readonly GapuraServer _server;
    private readonly string _key;

    private CibaFlow(GapuraServer server, string clientId, string key) => (_server, ClientId, _key) = (server, clientId, key);

    public string ClientId { get; }

    public string RequestId { get; private set; } = "";

    public Browser Browser { get; private set; } = null!;

    /// <param name="but">What it registered beside the grant type.</param>
    public static async Task<CibaFlow> Register(GapuraServer server, Func<ClientSettings, ClientSettings>? but = null)
    {
        var (ct, clientId) = (TestContext.Current.CancellationToken, "bank" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        var settings = new ClientSettings { GrantTypes = [GrantType] };
        Assert.True(await server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = "Bank Teluk", Company = "PT Bank Teluk", Domain = Seed.Origin("https://bank.example.com"), CreatedAt = server.Clock.Now, Client = but is null ? settings : but(settings),
        }, ct));
        var key = (await server.Get<ApiKeys>().Issue(clientId, null, ct))!.Value.Key.Reveal();
        await server.Follow();
        return new CibaFlow(server, clientId, key);
    }

    public Task<Reply> Ask(params (string Name, string? Value)[] changed) => Post(
        "/oauth/bc-authorize", [("scope", "openid profile offline_access"), ("login_hint", GapuraServer.Username), ("binding_message", "W4SCT"), ("client_id", ClientId), ("client_secret", _key)], changed);

    public async Task<CibaFlow> Open(params (string Name, string? Value)[] changed)
    {
        RequestId = (await Ask(changed)).IsOk().Json.GetProperty("auth_req_id").GetString()!;
        return this;
    }

    public Task<Reply> Poll(params (string Name, string? Value)[] changed) =>
        Post("/oauth/token", [("grant_type", GrantType), ("auth_req_id", RequestId), ("client_id", ClientId), ("client_secret", _key)], changed);

    /// <summary>As patient as it was told to be.</summary>
    public Task<Reply> PollInTime(params (string Name, string? Value)[] changed)
    {
        _server.Clock.Pass(TimeSpan.FromSeconds(5));
        return Poll(changed);
    }

    /// <summary>The person's phone, with its session open.</summary>
    public async Task<JsonElement> Pending()
    {
        Browser = new Browser(_server);
        (await Browser.SignIn()).IsSeeOther("/account");
        return (await Browser.Get("/v1/phone/requests")).IsOk().Json.EnumerateArray().First(r => r.GetProperty("platform").GetProperty("clientId").GetString() == ClientId);
    }

    /// <summary>What the phone signs about what it showed.</summary>
    public static string Signed(JsonElement shown, string decision)
    {
        var platform = shown.GetProperty("platform");
        string[] texts =
        [
            shown.GetProperty("id").GetString()!, platform.GetProperty("clientId").GetString()!, platform.GetProperty("name").GetString()!, platform.GetProperty("domain").GetString()!,
            shown.GetProperty("message").GetString() ?? "", string.Join(' ', shown.GetProperty("scope").EnumerateArray().Select(s => s.GetString())), shown.GetProperty("expires").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(texts.Select(t => $"{Encoding.UTF8.GetByteCount(t)}:{t}")))));
        return $"nu.id.request:1:{texts[0]}:{decision}:{digest}";
    }

    public async Task<Reply> Decide(string decision = "approve", Phone? phone = null)
    {
        var shown = await Pending();
        return await Send(shown.GetProperty("id").GetString()!, decision, phone ?? _server.Phone, Signed(shown, decision));
    }

    public Task<Reply> Send(string id, string decision, Phone phone, string signed) =>
        Browser.Post("/v1/phone/requests/" + id, ("decision", decision), ("publicKey", phone.PublicKey), ("signature", phone.Sign(signed)));

    private Task<Reply> Post(string path, (string Name, string? Value)[] usual, (string Name, string? Value)[] changed)
    {
        var all = usual.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        foreach (var (name, value) in changed) all[name] = value;
        return _server.PostForm(path, all.Where(f => f.Value is not null).Select(f => (f.Key, f.Value!)));
    }
}

/// <summary>A platform's address for pings and pushes: keeps what comes, and answers what it is told to.</summary>
internal sealed class CalledPlatform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BlockingCollection<(string Authorization, string Body)> _came = [];

    private CalledPlatform(WebApplication app) => _app = app;

    public int Answers { get; set; } = 204;

    public string Address => _app.Urls.First() + "/cb";

    public static async Task<CalledPlatform> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var platform = new CalledPlatform(app);
        app.Run(platform.Hear);
        await app.StartAsync();
        return platform;
    }

    public (string Authorization, JsonElement Body) Next() =>
        _came.TryTake(out var call, TimeSpan.FromSeconds(20)) ? (call.Authorization, JsonDocument.Parse(call.Body).RootElement) : throw new TimeoutException("Nobody called.");

    /// <summary>How many came and were not looked at, once there was time for more.</summary>
    public async Task<int> Rest()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(1500), TestContext.Current.CancellationToken);
        return _came.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }

    private async Task Hear(HttpContext context)
    {
        // Read before anybody hears of the call and says what the next one is to get.
        var answer = Answers;
        using var reader = new StreamReader(context.Request.Body);
        _came.Add((context.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
        context.Response.StatusCode = answer;
        if (answer == 307) context.Response.Headers.Location = "/cb";
    }
}

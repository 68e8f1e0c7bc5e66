using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>
/// The server as clients that other people wrote meet it: listening at the address its documents name, and on the wall's
/// clock, which they have too. Their scripts lie in <c>tests/clients</c>; each gets one JSON object and prints one.
/// </summary>
public sealed class StrangerServer : IAsyncLifetime
{
    private const string HowTo = "The clients are not installed: npm ci --prefix tests/clients.";

    private GapuraServer? _server;

    internal static string Clients { get; } = Path.Combine(Stranger.Repository, "tests", "clients");

    internal GapuraServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        _server = new GapuraServer(("Urls", address), ("Issuer", address)) { Clock = FakeClock.Running() };
        await _server.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Registers the platform whose client it is.</summary>
    /// <param name="keyed">With an API key, which is the client secret; else it is a public client.</param>
    internal async Task<StrangerPlatform> Register(string clientId, bool keyed = false, string redirectUri = CodeFlow.Callback, ClientSettings? settings = null)
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.True(await Server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = $"Aplikasi {clientId}", Company = "PT Aplikasi", Domain = Seed.Origin($"https://{clientId}.example.com"), RedirectUris = [redirectUri],
            Client = settings ?? ClientSettings.Usual, CreatedAt = Server.Clock.Now,
        }, ct));
        var key = keyed ? (await Server.Get<ApiKeys>().Issue(clientId, null, ct))!.Value.Key.Reveal() : "";
        await Server.Follow();
        return new StrangerPlatform(clientId, key, redirectUri);
    }

    /// <summary>Runs a client to its end.</summary>
    /// <returns>What it says of the sign-in.</returns>
    internal async Task<JsonElement> Run(string script, StrangerPlatform platform, params (string Name, JsonNode? Value)[] more)
    {
        Stranger.Needs(Directory.Exists(Path.Combine(Clients, "node_modules", "openid-client")), HowTo);
        var program = script.EndsWith(".py", StringComparison.Ordinal) ? "/usr/bin/python3" : "node";
        var (code, output, error) = await Stranger.Run(Clients, program, script, Given(platform, more).ToJsonString());
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    internal JsonObject Given(StrangerPlatform platform, params (string Name, JsonNode? Value)[] more)
    {
        var given = new JsonObject
        {
            ["issuer"] = Server.Issuer, ["clientId"] = platform.ClientId, ["secret"] = platform.Key, ["redirectUri"] = platform.RedirectUri,
            ["username"] = GapuraServer.Username, ["password"] = GapuraServer.Password,
        };
        foreach (var (name, value) in more) given[name] = value;
        return given;
    }
}

/// <summary>What its developer was given.</summary>
internal sealed record StrangerPlatform(string ClientId, string Key, string RedirectUri);

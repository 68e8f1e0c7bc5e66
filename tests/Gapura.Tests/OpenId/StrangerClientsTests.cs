using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Clients that other people wrote and partners install, from discovery to the last token, with nothing changed for us.</summary>
public sealed class StrangerClientsTests
{
    private const string HowTo = "The clients are not installed: npm ci --prefix tests/clients.";

    [Fact]
    public async Task With_openid_client_a_platform_with_a_backend_goes_the_whole_way()
    {
        await using var server = await Start();
        var key = await CodeFlow.Register(server, keyed: true);
        var said = await Run(server, "openid-client.mjs", key);
        Assert.Equal(server.Account.Id, said.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal($$"""{"sub":"{{server.Account.Id}}","name":"Coba Jualan","preferred_username":"cobajualan","npwp":"018263453454543"}""", said.GetProperty("person").GetRawText());
        Assert.Equal("[true,false]", said.GetProperty("active").GetRawText());
    }

    [Fact]
    public async Task With_oauth4webapi_a_public_client_signs_in()
    {
        await using var server = await Start();
        await CodeFlow.Register(server);
        var said = await Run(server, "oauth4webapi.mjs", "");
        Assert.Equal(server.Account.Id, said.GetProperty("person").GetProperty("sub").GetString());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("refresh").ValueKind);
    }

    // The address it listens at is the one in its documents: a client holds it to that.
    private static async Task<GapuraServer> Start()
    {
        Stranger.Needs(Directory.Exists(Path.Combine(Stranger.Repository, "tests", "clients", "node_modules", "openid-client")), HowTo);
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        var server = new GapuraServer(("Urls", address), ("Issuer", address)) { Clock = new FakeClock() };
        server.Clock.Pass(TimeProvider.System.GetUtcNow() - server.Clock.Now);
        await server.InitializeAsync();
        return server;
    }

    private static async Task<JsonElement> Run(GapuraServer server, string script, string key)
    {
        var (code, output, error) = await Stranger.Run(
            Path.Combine(Stranger.Repository, "tests", "clients"), "node", script, server.Issuer, CodeFlow.ClientId, key, CodeFlow.Callback, GapuraServer.Username, GapuraServer.Password);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }
}

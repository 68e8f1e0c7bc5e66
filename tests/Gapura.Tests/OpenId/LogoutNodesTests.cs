using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Several nodes on one database, of which one tells: the other when it is dead.</summary>
public abstract class LogoutNodesContract<TStore> : IAsyncLifetime
    where TStore : Store, new()
{
    private readonly TStore _store = new();
    private (string Name, string? Value)[] _settings = [];
    private LogoutPlatform? _platform;

    public async ValueTask InitializeAsync()
    {
        Stranger.Needs(_store.WhyNot is null, _store.WhyNot ?? "");
        await _store.InitializeAsync();
        _settings = [("Database", await _store.Fresh()), ("MasterKey", new string('7', 64))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null) await _platform.DisposeAsync();
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_a_dead_node_had_picked_up_the_next_one_tells()
    {
        var (one, platform) = await Own();
        var flow = new CodeFlow(one);
        var told = CodeFlow.Claims((await flow.SignInAt(platform.ClientId)).IdToken());
        platform.Answers = 0;
        await flow.Browser.Post("/sign-out");
        platform.Next();
        await one.DisposeAsync();

        platform.Answers = 200;
        await using var next = await Node(one);
        Assert.Equal(0, await platform.Rest());
        next.Clock.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal(told.Text("sid"), CodeFlow.Claims(platform.Next()).Text("sid"));
        Assert.Equal(0, await platform.Rest());
    }

    [Fact]
    public async Task Of_two_nodes_one_tells()
    {
        var (one, platform) = await Own();
        await using var other = await Node(one);
        var browsers = new List<Browser>();
        for (var i = 0; i < 6; i++)
        {
            var flow = new CodeFlow(one);
            await flow.SignInAt(platform.ClientId);
            browsers.Add(flow.Browser);
        }

        await AtOnce.Run(6, i => browsers[i].Post("/sign-out"));
        Assert.Equal(6, Enumerable.Range(0, 6).Select(_ => CodeFlow.Claims(platform.Next()).Text("sid")).Distinct().Count());
        Assert.Equal(0, await platform.Rest());
        await one.DisposeAsync();
    }

    private async Task<(GapuraServer Server, LogoutPlatform Platform)> Own()
    {
        var server = await GapuraServer.Start(_settings);
        _platform = await LogoutPlatform.Start(server);
        return (server, _platform);
    }

    private async Task<GapuraServer> Node(GapuraServer beside)
    {
        var node = new GapuraServer(_settings) { Clock = beside.Clock };
        await node.Build();
        await node.StartListening();
        return node;
    }
}

public sealed class LogoutNodesOnSqlite : LogoutNodesContract<SqliteStore>;

public sealed class LogoutNodesOnPostgres : LogoutNodesContract<PostgresStore>;

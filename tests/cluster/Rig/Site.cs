using System.Security.Cryptography;

namespace Gapura.Cluster.Rig;

/// <summary>Everything together: two PostgreSQL, three nodes that reach each over a wire of their own, HAProxy in front.</summary>
internal sealed class Site : IAsyncDisposable
{
    // 6550 on: PostgreSQL, 6560 on: HAProxy, 6570 on: nodes, 6580 and 6590 on: wires of each node to the first and the second.
    private const int Ports = 6550;
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Site(string home)
    {
        Home = home;
        Databases = new Pair(new Postgres(home, "pg1", Ports, _password), new Postgres(home, "pg2", Ports + 1, _password));
        Nodes = [.. Enumerable.Range(1, 3).Select(i => new Node(this, i, Ports + 20 + i, [new Wire(Ports + 30 + i, Ports), new Wire(Ports + 40 + i, Ports + 1)]))];
        Balancer = new Balancer(home, Ports + 10, [.. Nodes.Select(n => $"127.0.0.1:{n.Port}")]);
        Installed = new Installed(this);
        Settings =
        [
            new("MasterKey", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))),
            new("TrustedProxies", "127.0.0.1"),

            // Longer than any fault: what is reckoned is whether it is there, not whether somebody was in time.
            new("QrAuth__ChallengeLifetime", "1800"),
            new("QrAuth__CollectLifetime", "600"),
        ];
    }

    public string Home { get; }

    public string Issuer { get; } = $"http://localhost:{Ports + 10}";

    /// <summary>Two ports that nothing here uses by itself.</summary>
    public (int First, int Second) FreePorts => (Ports + 11, Ports + 12);

    public Pair Databases { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public Balancer Balancer { get; }

    public Installed Installed { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    public IEnumerable<Wire> Wires => Nodes.SelectMany(n => n.Wires);

    public string ConnectionOf(Node node) =>
        $"Host=127.0.0.1:{Ports + 30 + node.Number},127.0.0.1:{Ports + 40 + node.Number};Username=gapura;Password={_password};Database={Pair.Database}";

    public async Task Start()
    {
        await Databases.Start();
        await Installed.Seed(Nodes[0], people: 4);
        foreach (var node in Nodes) node.Start();
        await Ready(TimeSpan.FromSeconds(60));
        await Balancer.Start(Balancer.Documented);
    }

    /// <summary>Everything back to where it was, whatever the last fault has left.</summary>
    public async Task Mend()
    {
        foreach (var wire in Wires) (wire.IsBlackHole, wire.IsRefusing, wire.Delay) = (false, false, TimeSpan.Zero);
        if (!await Databases.Primary.IsRunning()) await Databases.Primary.Start();
        if (await Databases.Standby.IsRunning()) await Databases.Synchronise();
        else await Databases.Rebuild();
        foreach (var node in Nodes.Where(n => n.IsRunning)) node.Signal(Signals.Continue);
        foreach (var node in Nodes)
        {
            if (!node.IsRunning) node.Start();
            try
            {
                await node.WaitUntilReady(TimeSpan.FromSeconds(15));
            }
            catch (TimeoutException)
            {
                // The row has said so. The next fault begins with a node that works.
                await node.Restart();
            }

            await Balancer.Fill(node);
        }
    }

    /// <summary>Until every node says that it is.</summary>
    public async Task Ready(TimeSpan patience)
    {
        foreach (var node in Nodes) await node.WaitUntilReady(patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Balancer.DisposeAsync();
        foreach (var node in Nodes) await node.DisposeAsync();
        foreach (var database in Databases.Both) await database.Remove();
        Installed.Dispose();
    }
}

using Gapura.Cluster.Load;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>
/// Why the balancer must not send a request twice: with the documented configuration, and with one that repeats, the first
/// node carries out what it is asked and its answers are lost.
/// </summary>
internal static class Repeats
{
    private const int Lost = 5;
    private const int MostTries = 40;

    public static async Task<Row> Compared(Site site, Pace pace)
    {
        const string name = "balancer that repeats";
        var (documented, repeating) = (new Heardings(), new Heardings());
        await With(site, Balancer.Documented, documented);
        var changed = Path.Combine(site.Home, "repeating.cfg");
        await File.WriteAllTextAsync(changed, (await File.ReadAllTextAsync(Balancer.Documented)).Replace("retry-on conn-failure", "retry-on all-retryable-errors", StringComparison.Ordinal));
        await With(site, changed, repeating);
        List<string> broken = [];
        if (documented.Accused > 0) broken.Add($"as documented: {documented.Accused} claims were answered 'nonce_spent' although nobody had been given anything");
        if (documented.Lost < Lost || repeating.Lost < Lost) broken.Add("too few answers were lost: the fault did nothing");
        return new Row(name)
        {
            Attempted = documented.Asked, Acknowledged = documented.Given, Unanswered = documented.Unknown, Broken = broken,
            Notes =
            [
                $"as documented (conn-failure): {documented}",
                $"with all-retryable-errors: {repeating}",
            ],
        };
    }

    // A balancer of its own, whose first node is reached over a wire that loses answers.
    private static async Task With(Site site, string configuration, Heardings heardings)
    {
        var port = site.FreePorts.First;
        await using var wire = new Wire(site.FreePorts.Second, site.Nodes[0].Port);
        await using var balancer = new Balancer(site.Home, port, [$"127.0.0.1:{site.FreePorts.Second}", $"127.0.0.1:{site.Nodes[1].Port}", $"127.0.0.1:{site.Nodes[2].Port}"]);
        await balancer.Start(configuration);
        using var straight = new Client(site.Nodes[1].Address, TimeSpan.FromSeconds(12));
        using var client = new Client(balancer.Address, TimeSpan.FromSeconds(12));

        // All claims go to the first node, and nothing but a repeat to another.
        foreach (var node in site.Nodes.Skip(1)) await balancer.Say($"set weight ready/{node.Name} 1");
        await balancer.Say("set weight ready/gapura1 256");
        for (var i = 0; heardings.Lost < Lost && i < MostTries; i++)
        {
            var nonce = Client.NewNonce();
            var opened = await straight.QrAuth(nonce);
            if (await straight.Authenticate(opened.Text("sessionId"), site.Installed.Phones[i % site.Installed.Phones.Count]) is { IsOk: false } no) throw new InvalidOperationException($"A phone was not signed in: {no}");
            await Task.Delay(300);
            wire.LosesAnswers = true;
            await heardings.Ask(() => client.QrAuth(nonce));
            wire.LosesAnswers = false;
            await Task.Delay(100);
        }
    }

    private sealed class Heardings
    {
        public int Asked { get; private set; }

        public int Given { get; private set; }

        /// <summary>Told that somebody else was given it.</summary>
        public int Accused { get; private set; }

        /// <summary>Told that nobody knows.</summary>
        public int Unknown { get; private set; }

        public int Lost => Accused + Unknown;

        public async Task Ask(Func<Task<Heard>> question)
        {
            Asked++;
            try
            {
                var heard = await question();
                if (heard.IsOk && heard.Json.TryGetProperty("accessToken", out _)) Given++;
                else if (heard.Error == "nonce_spent") Accused++;
                else Unknown++;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Unknown++;
            }
        }

        public override string ToString() => $"of {Lost} claims whose answer was lost on the way {Unknown} were told that nobody knows (502), and {Accused} that it had been claimed before";
    }
}

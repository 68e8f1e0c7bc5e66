using Gapura.Bench.Driving;
using Gapura.Bench.Report;
using Gapura.Bench.Running;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Rows;

/// <summary>What one node does about what happens at the others: it hears of every ceremony, and remembers its key for an hour.</summary>
internal static class NodesRows
{
    private const int PerSecond = 250;
    private const int Remembered = 1_000_000;

    /// <summary>Sign-ins are approved at one node at a steady pace; a second one, where nobody asks for anything, is measured.</summary>
    public static async Task<Row> Tail(Ground ground, Effort effort, CancellationToken ct)
    {
        await using var other = await ground.Installation.Serve();
        var seconds = Math.Max(10, effort.Seconds);
        var approvals = ground.Approvals(PerSecond * (12 + seconds));

        // A look reaches ten seconds back: what it costs is only seen once there are ten seconds to look at, and what an idle node costs once there are none.
        await Task.Delay(TimeSpan.FromSeconds(15), ct);
        await other.Settled(ct);
        var idle = await Meter.Run(other, null, () => Idle(10, ct));
        Load.Run(ground.Server.Port, Effort.Connections, approvals[..(PerSecond * 12)], perSecond: PerSecond, ct: ct).Whole("The other node's sign-ins");
        var busy = await Meter.Run(other, ground.Store, () => Task.Run(() => Load.Run(ground.Server.Port, Effort.Connections, approvals[(PerSecond * 12)..], perSecond: PerSecond, ct: ct), ct));
        busy.Figures.Whole("The other node's sign-ins");
        var microseconds = (busy.Processor / busy.Wall - idle.Processor / idle.Wall) * busy.Wall * 1e6 / busy.Figures.Count;
        return new Row
        {
            Key = "tail", Name = "a sign-in elsewhere, at a node that only hears of it", Processor = Math.Max(0, microseconds), Others = busy.Others,
            Note = FormattableString.Invariant($"{PerSecond} approvals a second at the other node; an idle node takes {idle.Processor / idle.Wall * 100:0.0} % of a processor"),
        };
    }

    /// <summary>A node that starts where a million ceremonies of the last hour lie.</summary>
    public static async Task<Row> Memory(Store store, CancellationToken ct)
    {
        await using var installation = await Installation.Make(store);
        var before = await Resident(installation, ct);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        store.Execute($"""
            {store.Series(Remembered)} INSERT INTO ceremonies (key, door, state, handle, client_id, account_id, grant_id, decided_at, collect_until, keep_until)
            SELECT 'qr:bench:' || substr({store.Id('0')}, 11), 'Qr', 'Collected', {store.Id('h')}, 'bench', 'nobody', '', {now} - i, {now}, {now} + 3600000 FROM s
            """);
        var (after, seconds) = await Resident(installation, ct);
        var bytes = (after - before.Megabytes) * 1024 * 1024 / Remembered;
        return new Row
        {
            Key = "remembered", Name = $"{Remembered:N0} ceremonies of the last hour remembered, {store.Name}", Megabytes = after, Figure = FormattableString.Invariant($"{bytes:0} bytes each"), Value = bytes,
            Note = FormattableString.Invariant($"start to first answer with them {seconds:0.0} s, without {before.Seconds:0.0} s"),
        };
    }

    private static async Task<(double Megabytes, double Seconds)> Resident(Installation installation, CancellationToken ct)
    {
        await using var server = await installation.Serve(isGauged: false);
        await Task.Delay(TimeSpan.FromSeconds(5), ct);
        return (server.Megabytes, server.FirstAnswer.TotalSeconds);
    }

    private static async Task<LoadFigures> Idle(int seconds, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), ct);
        return new LoadFigures(1, seconds, 0, 0, 0);
    }
}

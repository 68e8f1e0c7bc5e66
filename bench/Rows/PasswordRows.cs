using System.Diagnostics;
using Gapura.Bench.Driving;
using Gapura.Bench.Limits;
using Gapura.Bench.Report;
using Gapura.Bench.Running;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Rows;

/// <summary>Passwords beside raw Argon2id on every processor, and what everybody else feels meanwhile.</summary>
internal static class PasswordRows
{
    private const int Typists = 8;
    private const double Target = 0.90;
    private const double MostMilliseconds = 50;

    public static async Task<IReadOnlyList<Row>> Of(Ground ground, Effort effort, CancellationToken ct)
    {
        // The raw figure is taken before and after: machines have better and worse moments.
        var seconds = effort.Seconds;
        await Task.Run(() => Raw(1), ct);
        var before = await Task.Run(() => Raw(seconds / 2.0), ct);
        var count = (int)(before * seconds);
        await Meter.Warm(ground.Server, SignIns(ground, 100, 0), ct, Typists);
        var requests = SignIns(ground, count, 100);
        var metered = await Meter.Run(ground.Server, ground.Store, () => Task.FromResult(Load.Run(ground.Server.Port, Typists, requests, ct: ct)));
        metered.Figures.Whole("Password sign-in");
        var raw = (before + await Task.Run(() => Raw(seconds / 2.0), ct)) / 2;
        var ratio = metered.Figures.PerSecond / (1 - metered.Others) / raw;
        var alone = metered.Row("password", "password sign-in, POST /sign-in") with
        {
            Ratio = ratio,
            Target = $"≥ {Target:0.00} of raw Argon2id",
            IsMet = ratio >= Target,
            Note = FormattableString.Invariant($"raw Argon2id (19 MiB, 2 passes) on {Environment.ProcessorCount} threads nobody disturbs: {raw:0.0} /s"),
        };
        return [alone, await Meanwhile(ground, count, seconds, ct)];
    }

    // Two hundred other requests a second, of five kinds, while passwords take all they can get.
    private static async Task<Row> Meanwhile(Ground ground, int count, int seconds, CancellationToken ct)
    {
        var each = 40 * seconds;
        var (approvals, tokens, questions) = (ground.Approvals(each), Tokens.Refreshable(ground.Store, ground.People, each), PlainRows.Introspections(ground));
        byte[][] mix = [.. Enumerable.Range(0, each).SelectMany(i => (byte[][])[approvals[i], Ground.Refresh(tokens[i]), questions[i % questions.Length], Ground.Open(Ground.NewNonce()), Http.Get("/.well-known/openid-configuration")])];
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var passwords = Task.Run(() =>
        {
            var from = 0;
            try
            {
                while (true) Load.Run(ground.Server.Port, Typists, SignIns(ground, count, from += count), ct: over.Token).Whole("Password sign-in");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }, ct);
        await Task.Delay(500, ct);
        var metered = await Meter.Run(ground.Server, ground.Store, () => Task.Run(() => Load.Run(ground.Server.Port, Effort.Connections, mix, perSecond: 200, ct: ct), ct));
        await over.CancelAsync();
        await passwords;
        metered.Figures.Whole("Everything else meanwhile");
        return metered.Row("meanwhile", "everything else meanwhile, 200 /s") with
        {
            Processor = null,
            Allocated = null,
            Target = $"p99 < {MostMilliseconds:0} ms",
            IsMet = metered.Figures.P99 < MostMilliseconds,
            Note = "approve, refresh, introspect, open and discovery in turn, each due at its instant",
        };
    }

    public static byte[][] SignIns(Ground ground, int count, int from) =>
        [.. Enumerable.Range(from, count).Select(i => Http.Form("/sign-in", $"username={People.UserName(ground.People[i % ground.People.Count])}&password={Uri.EscapeDataString(Installation.Password)}"))];

    // On as much of the machine as nobody else took: as the row itself is.
    private static double Raw(double seconds)
    {
        var begun = (Load: Processors.OfLoad(), Machine: Processors.OfMachine());
        var hash = SodiumHash.Make(Installation.Password);
        var (done, clock) = (0, Stopwatch.StartNew());
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                if (!SodiumHash.Verify(hash, Installation.Password)) throw new InvalidOperationException("A right password was refused.");
                Interlocked.Increment(ref done);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        var others = Math.Max(0, Processors.OfMachine() - begun.Machine - (Processors.OfLoad() - begun.Load)) / (clock.Elapsed.TotalSeconds * Environment.ProcessorCount);
        return done / clock.Elapsed.TotalSeconds / (1 - others);
    }
}

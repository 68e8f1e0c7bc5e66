using System.Diagnostics;
using System.Text.Json;
using Gapura.Bench.Running;

namespace Gapura.Bench.Waiting;

/// <summary>What is measured of one server while the screens wait at it. Megabytes, seconds of processor, milliseconds.</summary>
internal sealed record WaitingFigures(double MegabytesBefore, double MegabytesWaiting, double MegabytesAfterwards, double ProcessorSecondsIn10Idle, double WholeP50, double WholeP99, double WakeP50, double WakeP99)
{
    public double MegabytesForWaiting => MegabytesWaiting - MegabytesBefore;
}

/// <summary>Screens wait, some are woken; the same with a bare Kestrel, right after, on the same machine.</summary>
internal static class WaitingBench
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<int> Run(int screens, int wakes, bool json, CancellationToken ct)
    {
        var ours = await OfGapura(screens, wakes, ct);
        var bare = await OfBare(screens, wakes, ct);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { screens, wakes, gapura = ours, bare }));
            return 0;
        }

        Console.WriteLine($"""
            {screens:N0} screens wait, {wakes:N0} are woken one after the other            Gapura     bare Kestrel   ratio
              memory before, MB                                       {ours.MegabytesBefore,12:0.0} {bare.MegabytesBefore,12:0.0}
              memory for the waiting screens, MB                      {ours.MegabytesForWaiting,12:0.0} {bare.MegabytesForWaiting,12:0.0} {ours.MegabytesForWaiting / bare.MegabytesForWaiting,12:0.00}
              memory when some have been woken, MB                    {ours.MegabytesAfterwards,12:0.0} {bare.MegabytesAfterwards,12:0.0}
              processor in 10 idle seconds, s                         {ours.ProcessorSecondsIn10Idle,12:0.00} {bare.ProcessorSecondsIn10Idle,12:0.00}
              from the phone's request to the screen's event, p50, ms {ours.WholeP50,12:0.00} {bare.WholeP50,12:0.00} {ours.WholeP50 / bare.WholeP50,12:0.00}
                                                              p99, ms {ours.WholeP99,12:0.00} {bare.WholeP99,12:0.00} {ours.WholeP99 / bare.WholeP99,12:0.00}
              event after the phone's own answer,             p50, ms {ours.WakeP50,12:0.00} {bare.WakeP50,12:0.00}
                                                              p99, ms {ours.WakeP99,12:0.00} {bare.WakeP99,12:0.00}
            Ours verifies a signature, judges the risk and commits to SQLite before it wakes; bare Kestrel only wakes.
            """);
        return 0;
    }

    public static async Task<WaitingFigures> OfGapura(int screens, int wakes, CancellationToken ct)
    {
        await using var installation = await Installation.Make();
        await using var server = await installation.Serve();
        var address = new Uri($"http://127.0.0.1:{server.Port}");
        await Scan(installation.Phone, address, await Open(address, new WaitingScreen().Nonce, ct), ct);
        return await Measure(server, screens, wakes,
            screen => $"/v1/qrAuth/events?clientId={Installation.ClientId}&nonce={screen.Nonce}",
            async screen =>
            {
                var sessionId = await Open(address, screen.Nonce, ct);
                return () => Scan(installation.Phone, address, sessionId, ct);
            }, ct);
    }

    private static async Task<WaitingFigures> OfBare(int screens, int wakes, CancellationToken ct)
    {
        var port = Measured.FreePort();
        await using var server = await Measured.Start(typeof(WaitingBench).Assembly.Location, port, "bare", "--port", $"{port}");
        return await Measure(server, screens, wakes, screen => $"/wait/{screen.Nonce}",
            screen => Task.FromResult<Func<Task>>(async () => (await Http.PostAsync(new Uri($"http://127.0.0.1:{port}/wake/{screen.Nonce}"), null, ct)).EnsureSuccessStatusCode()), ct);
    }

    /// <param name="prepare">What comes before the moment that is timed, and then that moment itself.</param>
    private static async Task<WaitingFigures> Measure(Measured server, int count, int wakes, Func<WaitingScreen, string> path, Func<WaitingScreen, Task<Func<Task>>> prepare, CancellationToken ct)
    {
        var before = server.Megabytes;
        List<WaitingScreen> screens = [.. Enumerable.Range(0, count).Select(_ => new WaitingScreen())];
        await Parallel.ForEachAsync(screens, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = ct }, async (screen, _) => await screen.Wait(server.Port, path(screen)));
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        var (waiting, begun) = (server.Megabytes, server.Processor);
        await Task.Delay(TimeSpan.FromSeconds(10), ct);
        var idle = server.Processor - begun;

        List<double> whole = [], wake = [];
        foreach (var screen in screens.Where((_, i) => i % Math.Max(1, count / wakes) == 0).Take(wakes))
        {
            var act = await prepare(screen);
            var start = Stopwatch.GetTimestamp();
            await act();
            var answered = Stopwatch.GetTimestamp();
            var woken = await screen.Woken.WaitAsync(TimeSpan.FromSeconds(30), ct);
            whole.Add(Stopwatch.GetElapsedTime(start, woken).TotalMilliseconds);
            wake.Add(Math.Max(0, (woken - answered) * 1000.0 / Stopwatch.Frequency));
        }

        foreach (var screen in screens) screen.Dispose();
        return new WaitingFigures(before, waiting, server.Megabytes, idle.TotalSeconds, At(whole, 0.5), At(whole, 0.99), At(wake, 0.5), At(wake, 0.99));
    }

    private static async Task<string> Open(Uri address, string nonce, CancellationToken ct)
    {
        using var answer = await Http.PostAsJsonAsync(new Uri(address, "/v1/qrAuth"), new { clientId = Installation.ClientId, nonce, nonceMethod = "S256" }, ct);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("sessionId").GetString()!;
    }

    private static async Task Scan(Phone phone, Uri address, string sessionId, CancellationToken ct)
    {
        using var answer = await Http.PostAsJsonAsync(new Uri(address, "/v1/qrAuth/scan"), new { sessionId, signature = phone.Sign("nu.id.scan:1:" + sessionId), publicKey = phone.PublicKey }, ct);
        answer.EnsureSuccessStatusCode();
    }

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)Math.Min(values.Count - 1, Math.Floor(values.Count * share)));
}

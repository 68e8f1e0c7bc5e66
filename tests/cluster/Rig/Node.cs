using System.Diagnostics;
using System.Globalization;

namespace Gapura.Cluster.Rig;

/// <summary>One of the servers: the built program as a process, with its own way to each PostgreSQL.</summary>
internal sealed class Node(Site site, int number, int port, IReadOnlyList<Wire> wires) : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(2) };
    private OsProcess? _process;

    public int Number => number;

    public int Port => port;

    public string Name => $"gapura{number}";

    public string Address => $"http://127.0.0.1:{port}";

    /// <summary>To the first PostgreSQL and to the second, in the order of the connection text.</summary>
    public IReadOnlyList<Wire> Wires => wires;

    /// <summary>Folder of the program that the next start runs.</summary>
    public string Program { get; set; } = BuiltGapura.Folder;

    /// <summary>Seconds that its clock is off the right time, from the next start on.</summary>
    public int SecondsOff { get; set; }

    public bool IsRunning => _process is { HasExited: false };

    public string LogFile => Path.Combine(site.Home, $"{Name}.log");

    public void Start()
    {
        var start = BuiltGapura.Start(Program, ["serve", .. site.Installed.ArgumentsOf(this), "--urls", Address, "--issuer", site.Issuer], site.Settings);
        if (SecondsOff != 0)
        {
            start.Environment["LD_PRELOAD"] = Faketime;
            start.Environment["FAKETIME"] = SecondsOff.ToString("+0;-0", CultureInfo.InvariantCulture) + "s";

            // Spans are measured on the monotonic clock, which no wrong clock moves.
            start.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        }

        _process = OsProcess.Start(start)!;
        _process.StandardInput.Close();
        var log = TextWriter.Synchronized(new StreamWriter(LogFile, append: true) { AutoFlush = true });
        _process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public void Signal(int signal) => Signals.Send(_process!.Id, signal);

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExit(TimeSpan patience)
    {
        using var late = new CancellationTokenSource(patience);
        await _process!.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public async Task Restart()
    {
        if (IsRunning) Signal(Signals.Kill);
        await WaitForExit(TimeSpan.FromSeconds(5));
        Start();
        await WaitUntilReady(TimeSpan.FromSeconds(30));
    }

    public async Task<bool> IsReady()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address + "/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <returns>The instant at which it was, by <see cref="Stopwatch"/>.</returns>
    public async Task<long> WaitUntilReady(TimeSpan patience)
    {
        var begun = Stopwatch.StartNew();
        while (!await IsReady())
        {
            if (!IsRunning) throw new InvalidOperationException($"{Name} ended with {_process?.ExitCode}: {string.Join('\n', File.ReadLines(LogFile).TakeLast(15))}");
            if (begun.Elapsed > patience) throw new TimeoutException($"{Name} was not ready within {patience.TotalSeconds:0} s.");
            await Task.Delay(20);
        }

        return Stopwatch.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            _process!.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        foreach (var wire in wires) await wire.DisposeAsync();
    }

    private static string Faketime => Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Select(d => Path.Combine(d, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("libfaketime is not installed. Debian: apt-get install faketime");
}

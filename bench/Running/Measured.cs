using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Gapura.Bench.Running;

/// <summary>A program under measurement: its memory and its processor time, as the system counts them.</summary>
internal sealed partial class Measured : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Gauge? _gauge;

    private Measured(Process process, int port, Gauge? gauge) => (_process, Port, _gauge) = (process, port, gauge);

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <summary>Resident memory, MB.</summary>
    public double Megabytes =>
        long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;

    public TimeSpan Processor => TimeSpan.FromSeconds(Processors.Of(_process.Id));

    /// <summary>Bytes a request, as they were when it was last warmed up; null for a program without the runtime's hook.</summary>
    public double? AllocatedPerRequest { get; private set; }

    /// <summary>Does something and counts what the program allocates meanwhile.</summary>
    /// <param name="work">Returns how many requests that were.</param>
    public async Task CountAllocations(Func<Task<long>> work, CancellationToken ct)
    {
        var requests = 0L;
        var bytes = _gauge is null ? 0 : await _gauge.Allocated(async () => requests = await work(), ct);
        if (_gauge is null) await work();
        AllocatedPerRequest = _gauge is null ? null : bytes / (double)requests;
    }

    /// <summary>Returns when the compiler has been quiet for a while: what was called often is compiled for good by then.</summary>
    public async Task Settled(CancellationToken ct)
    {
        if (_gauge is null) return;
        var (before, quiet) = (await _gauge.Compiled(ct), 0);
        for (var look = 0; look < 60 && quiet < 3; look++)
        {
            await Task.Delay(150, ct);
            var now = await _gauge.Compiled(ct);
            (quiet, before) = (now == before ? quiet + 1 : 0, now);
        }
    }

    /// <summary>Starts <c>dotnet program arguments…</c> and returns when <c>/healthz</c> answers.</summary>
    public static Task<Measured> Start(string program, int port, params string[] arguments) => Start("dotnet", [program, .. arguments], port, "/healthz", [], isGauged: true);

    /// <param name="first">Path of the first request: answered, whatever with, it has started.</param>
    /// <param name="isGauged">Whether the runtime's hook is loaded into it.</param>
    public static async Task<Measured> Start(string file, IEnumerable<string> arguments, int port, string first, IEnumerable<KeyValuePair<string, string>> environment, bool isGauged)
    {
        var gauge = isGauged ? new Gauge() : null;
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("GAPURA_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in environment.Concat(gauge?.Environment ?? [])) start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) Console.Error.WriteLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}{first}"));
                return new Measured(process, port, gauge) { FirstAnswer = clock.Elapsed };
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(5);
            }
        }
    }

    /// <summary>Tells it to stop and waits until it has: what it writes at its end is written.</summary>
    public async Task Stop(CancellationToken ct)
    {
        const int Terminate = 15;
        _ = kill(_process.Id, Terminate);
        await _process.WaitForExitAsync(ct);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _gauge?.Dispose();
    }

    [LibraryImport("libc")] private static partial int kill(int process, int signal);
}

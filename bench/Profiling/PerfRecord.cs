using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Gapura.Bench.Profiling;

/// <summary>Linux' perf on one process: which code its processor time went to.</summary>
internal sealed partial class PerfRecord : IAsyncDisposable
{
    private const int Interrupt = 2;
    private readonly string _file = Path.GetTempFileName();
    private readonly Process _perf;
    private readonly int _process;

    public PerfRecord(int process)
    {
        _process = process;
        _perf = Process.Start(new ProcessStartInfo("perf", ["record", "-F", "997", "-e", "cpu-clock", "-g", "-o", _file, "-p", process.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    /// <summary>For the process: it tells perf the names of what it compiled.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment => [new("DOTNET_PerfMapEnabled", "1")];

    /// <param name="withCallees">Counts what a method calls as its own.</param>
    public async Task<IReadOnlyList<string>> Report(bool withCallees, double leastPercent, CancellationToken ct)
    {
        if (!_perf.HasExited)
        {
            _ = kill(_perf.Id, Interrupt);
            await _perf.WaitForExitAsync(ct);
        }

        using var report = Process.Start(new ProcessStartInfo("perf",
            ["report", "-i", _file, "--stdio", withCallees ? "--children" : "--no-children", "-g", "none", "--sort", "symbol", "--percent-limit", leastPercent.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = report.StandardError.ReadToEndAsync(ct);
        var text = await report.StandardOutput.ReadToEndAsync(ct);
        await error;
        await report.WaitForExitAsync(ct);
        return [.. text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#')).Select(l => l.TrimEnd())];
    }

    public ValueTask DisposeAsync()
    {
        if (!_perf.HasExited) _perf.Kill();
        _perf.Dispose();
        foreach (var file in (string[])[_file, _file + ".old", $"/tmp/perf-{_process}.map", $"/tmp/perfinfo-{_process}.map"]) File.Delete(file);
        return ValueTask.CompletedTask;
    }

    [LibraryImport("libc")] private static partial int kill(int process, int signal);
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

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
    // Where code is mapped twice (write xor execute) perf looks into the wrong one of the two.
    public static IEnumerable<KeyValuePair<string, string>> Environment => [new("DOTNET_PerfMapEnabled", "1"), new("DOTNET_EnableWriteXorExecute", "0")];

    /// <param name="by">What is counted: <c>dso</c> (libraries) or <c>symbol</c> (methods).</param>
    /// <param name="withCallees">Counts what a method calls as its own.</param>
    public async Task<IReadOnlyList<string>> Report(string by, bool withCallees, double leastPercent, CancellationToken ct)
    {
        if (!_perf.HasExited)
        {
            _ = kill(_perf.Id, Interrupt);
            await _perf.WaitForExitAsync(ct);
        }

        using var report = Process.Start(new ProcessStartInfo("perf",
            ["report", "-i", _file, "--stdio", withCallees ? "--children" : "--no-children", "-g", "none", "--sort", by, "--percent-limit", leastPercent.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = report.StandardError.ReadToEndAsync(ct);
        var text = await report.StandardOutput.ReadToEndAsync(ct);
        await error;
        await report.WaitForExitAsync(ct);
        return [.. text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#') && !Nameless().IsMatch(l)).Select(Shortened).Take(70)];
    }

    // "…] Gapura.Tokens.Mint::AccessToken(class Gapura.Tokens.Grant)[OptimizedTier1]": the name is enough.
    private static string Shortened(string line)
    {
        var name = Method().Match(line);
        return name.Success ? line[..line.IndexOf(']', StringComparison.Ordinal)] + "] " + name.Groups["name"].Value : line.TrimEnd();
    }

    // Code of libraries without symbols: their bytes are counted by library.
    [GeneratedRegex(@"0x[0-9a-f]{16}", RegexOptions.None, 1000)]
    private static partial Regex Nameless();

    [GeneratedRegex(@"\] (?<name>[^\s(]+::[^\s(]+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Method();

    public ValueTask DisposeAsync()
    {
        if (!_perf.HasExited) _perf.Kill();
        _perf.Dispose();
        foreach (var file in (string[])[_file, _file + ".old", $"/tmp/perf-{_process}.map", $"/tmp/perfinfo-{_process}.map"]) File.Delete(file);
        return ValueTask.CompletedTask;
    }

    [LibraryImport("libc")] private static partial int kill(int process, int signal);
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace Gapura.Bench.Report;

/// <summary>What the figures are figures of.</summary>
internal static class Machine
{
    public static IReadOnlyList<string> Facts(IEnumerable<string> stores) =>
    [
        $"{Environment.ProcessorCount} processors, {Named("/proc/cpuinfo", "model name")}, {Memory:0} GB; Linux {Environment.OSVersion.Version}",
        $"{RuntimeInformation.FrameworkDescription}; server and bare Kestrel alike: Release, server GC, not concurrent, no dynamic PGO; {RuntimeInformation.ProcessArchitecture}",
        .. stores.Distinct(StringComparer.Ordinal),
        $"the load runs on the same processors; at the start {File.ReadAllText("/proc/loadavg").Split(' ')[0]} others were waiting for one",
    ];

    public static string Date => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static double Memory => long.Parse(Named("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0 / 1024.0;

    private static string Named(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line ? line[(line.IndexOf(':') + 1)..].Trim() : "unknown";
}

using System.Globalization;

namespace Gapura.Bench.Running;

/// <summary>Processor time as the system counts it (proc(5)), in seconds; the system counts in hundredths.</summary>
internal static class Processors
{
    private const double TicksPerSecond = 100;

    /// <summary>One process, all its threads.</summary>
    public static double Of(int process) => Fields(process) is { } f ? f.Own / TicksPerSecond : 0;

    /// <summary>A process, its children, and those of its children that have ended: PostgreSQL with all its backends.</summary>
    public static double OfFamily(int parent)
    {
        var sum = Fields(parent) is { } f ? f.Own + f.Waited : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && Fields(process) is { } child && child.Parent == parent) sum += child.Own + child.Waited;
        return sum / TicksPerSecond;
    }

    /// <summary>This program and what it started and waited for: the load.</summary>
    public static double OfLoad() => Fields(Environment.ProcessId) is { } f ? (f.Own + f.Waited) / TicksPerSecond : 0;

    /// <summary>Everything that ran on this machine, whoever's it was; what the hypervisor took counts too.</summary>
    public static double OfMachine()
    {
        var counts = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return (counts.Sum() - counts[3] - counts[4]) / TicksPerSecond;
    }

    private static (int Parent, long Own, long Waited)? Fields(int process)
    {
        try
        {
            // The name may hold spaces and parentheses: the fields begin behind its last one.
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), Number(11) + Number(12), Number(13) + Number(14));

            long Number(int i) => long.Parse(fields[i], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

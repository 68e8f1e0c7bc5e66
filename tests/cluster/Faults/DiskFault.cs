using System.Diagnostics;
using System.Globalization;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Faults;

/// <summary>The primary's disk is full to the last byte, then there is room again.</summary>
internal static class DiskFault
{
    public static async Task<Row> Full(Site site, Pace pace)
    {
        const string name = "disk full";
        var primary = site.Databases.Primary;
        if (!primary.IsMounted) return new Row(name) { WasSkipped = true, Notes = ["a small disk cannot be mounted here"] };
        var hadStopped = false;
        var row = await UnderLoad.Run(site, pace, name, May.Nothing, async () =>
        {
            await Fill(primary.Ballast);
            await Task.Delay(pace.Hole);
            File.Delete(primary.Ballast);

            // Where its log has no room PostgreSQL stops itself; to start it again is then the operator's to do.
            if (!await primary.IsRunning())
            {
                hadStopped = true;
                await primary.Start();
            }

            return new Cause(Stopwatch.GetTimestamp());
        });
        return row with { Notes = [.. row.Notes, hadStopped ? "PostgreSQL had stopped itself and was started again" : "PostgreSQL went on by itself"] };
    }

    private static async Task Fill(string ballast)
    {
        // What is let go meanwhile is taken too: pages of the log that are recycled, files of sorts.
        for (var times = 0; times < 3; times++)
        {
            var left = new DriveInfo(Path.GetDirectoryName(ballast)!).AvailableFreeSpace;
            if (left > 0) await Shell.Try(new ProcessStartInfo("fallocate", ["-l", (new FileInfo(ballast) is { Exists: true } file ? file.Length + left : left).ToString(CultureInfo.InvariantCulture), ballast]));
            await Task.Delay(100);
        }
    }
}

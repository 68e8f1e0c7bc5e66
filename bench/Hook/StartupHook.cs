using System.IO.MemoryMappedFiles;
using System.Runtime;

#pragma warning disable CA1050, MA0047 // The runtime looks for exactly this name, outside any namespace.
/// <summary>
/// Runs before the measured program's own Main and writes what the runtime counts into the file that GAPURA_BENCH_GAUGE
/// names, twenty times a second: bytes allocated since the start, collections, microseconds of pauses, bytes of heap,
/// methods compiled.
/// </summary>
internal static class StartupHook
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("GAPURA_BENCH_GAUGE") is not { Length: > 0 } path) return;
        new Thread(() => Write(path)) { IsBackground = true, Name = "gauge" }.Start();
    }

    private static void Write(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, 64);
        using var view = file.CreateViewAccessor();
        using var never = new ManualResetEventSlim();
        for (var look = 1L; ; look++)
        {
            view.Write(8, GC.GetTotalAllocatedBytes());
            view.Write(16, (long)GC.CollectionCount(0));
            view.Write(24, (long)GC.CollectionCount(2));
            view.Write(32, (long)GC.GetTotalPauseDuration().TotalMicroseconds);
            view.Write(40, GC.GetTotalMemory(forceFullCollection: false));
            view.Write(48, JitInfo.GetCompiledMethodCount());
            view.Write(0, look);
            never.Wait(Every);
        }
    }
}

using System.IO.MemoryMappedFiles;

namespace Gapura.Bench.Running;

/// <summary>What the runtime of a measured program counts, as the hook in it writes it down (<c>Hook/StartupHook.cs</c>).</summary>
internal sealed class Gauge : IDisposable
{
    private const int Looks = 0, Bytes = 8, Methods = 16, Asked = 24;
    private readonly string _path = Path.GetTempFileName();

    public static string Hook { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "Hook", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Gapura.Bench.Hook.dll"));

    public IEnumerable<KeyValuePair<string, string>> Environment => [new("DOTNET_STARTUP_HOOKS", Hook), new("GAPURA_BENCH_GAUGE", _path)];

    /// <summary>Bytes that the program allocates while something is done. Counting costs it a hundredth of its time: not while that is measured.</summary>
    public async Task<long> Allocated(Func<Task> work, CancellationToken ct)
    {
        Write(Asked, 1);
        await Looked(3, ct);
        var before = Read(Bytes);
        await work();

        // The runtime hands its events on a little later.
        await Looked(8, ct);
        var bytes = Read(Bytes) - before;
        Write(Asked, 0);
        await Looked(2, ct);
        return bytes;
    }

    /// <summary>Methods compiled since the start, those that were compiled again counted again.</summary>
    public async Task<long> Compiled(CancellationToken ct)
    {
        await Looked(2, ct);
        return Read(Methods);
    }

    public void Dispose() => File.Delete(_path);

    private async Task Looked(int times, CancellationToken ct)
    {
        var look = Read(Looks);
        for (var tries = 0; Read(Looks) < look + times; tries++)
        {
            if (tries == 3000) throw new InvalidOperationException("The hook in the measured program has stopped looking.");
            await Task.Delay(10, ct);
        }
    }

    private long Read(int place)
    {
        using var file = MemoryMappedFile.CreateFromFile(_path, FileMode.Open, null, 64);
        using var view = file.CreateViewAccessor();
        return view.ReadInt64(place);
    }

    private void Write(int place, long value)
    {
        using var file = MemoryMappedFile.CreateFromFile(_path, FileMode.Open, null, 64);
        using var view = file.CreateViewAccessor();
        view.Write(place, value);
    }
}

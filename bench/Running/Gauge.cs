using System.IO.MemoryMappedFiles;

namespace Gapura.Bench.Running;

/// <summary>What the runtime of a measured program counts, as the hook in it writes it down (<c>Hook/StartupHook.cs</c>).</summary>
internal sealed class Gauge : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public static string Hook { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "Hook", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Gapura.Bench.Hook.dll"));

    public IEnumerable<KeyValuePair<string, string>> Environment => [new("DOTNET_STARTUP_HOOKS", Hook), new("GAPURA_BENCH_GAUGE", _path)];

    /// <summary>Bytes allocated since the start, after the next look of the hook.</summary>
    public Task<long> Allocated(CancellationToken ct) => Read(8, ct);

    /// <summary>Methods compiled since the start, those that were compiled again counted again.</summary>
    public Task<long> Compiled(CancellationToken ct) => Read(48, ct);

    public void Dispose() => File.Delete(_path);

    private async Task<long> Read(int place, CancellationToken ct)
    {
        using var file = MemoryMappedFile.CreateFromFile(_path, FileMode.Open, null, 64);
        using var view = file.CreateViewAccessor();
        var look = view.ReadInt64(0);
        for (var tries = 0; view.ReadInt64(0) < look + 2; tries++)
        {
            if (tries == 1000) throw new InvalidOperationException("The hook in the measured program has stopped looking.");
            await Task.Delay(10, ct);
        }

        return view.ReadInt64(place);
    }
}

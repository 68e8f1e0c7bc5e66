using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Faults;

/// <summary>A disk of some megabytes, in memory, that can be filled and made read-only. Only root may mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("gapura-disk-");

    public DirectoryInfo Folder => _place;

    private string Filler => Path.Combine(_place.FullName, "filler");

    public static async Task<SmallDisk> Mount(int megabytes)
    {
        var disk = new SmallDisk();
        if (await Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=700", "gapura-test", disk._place.FullName) is { } why)
        {
            disk._place.Delete();
            Assert.SkipUnless(Asked.Must, $"No disk can be mounted here: {why}");
            Assert.Fail($"No disk can be mounted here: {why}");
        }

        return disk;
    }

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var piece in (int[])[1 << 20, 4096])
        {
            try
            {
                while (true) filler.Write(new byte[piece]);
            }
            catch (IOException)
            {
                // As much as that is not left: try with less.
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public async Task Become(string way) => Assert.Null(await Run("mount", "-o", $"remount,{way}", _place.FullName));

    public async ValueTask DisposeAsync()
    {
        if (await Run("umount", _place.FullName) is not null) await Run("umount", "--lazy", _place.FullName);
        _place.Delete(recursive: true);
    }

    /// <returns>Null when it did as it was told, else what it said.</returns>
    public static async Task<string?> Run(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            var ended = await BuiltGapura.Run(start, TimeSpan.FromSeconds(20));
            return ended.ExitCode == 0 ? null : $"{program}: {ended.Error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }
}

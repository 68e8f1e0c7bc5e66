using System.Diagnostics;

namespace Gapura.Bench.Running;

/// <summary>A fresh installation on SQLite, seeded by the command line as an operator would: one platform, one person, one phone.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string ClientId = "bench";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-bench-");

    /// <summary>The server as it was built beside this program, in the same configuration.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "src", "Gapura", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "gapura.dll"));

    public Phone Phone { get; } = new();

    public static async Task<Installation> Make()
    {
        var made = new Installation();
        await made.Command("platform", "add", "--client-id", ClientId, "--name", "Bench", "--company", "Bench", "--domain", "https://bench.example");
        await made.Command("account", "add", "--username", "orang", "--name", "Orang Satu", "--password", "kuda laut menari di teluk");
        await made.Command("device", "enrol", "--account", "orang", "--public-key", made.Phone.PublicKey, "--name", "Ponsel");
        return made;
    }

    public Task<Measured> Serve()
    {
        var port = Measured.FreePort();
        return Measured.Start(Program, port, "serve", "--data", _folder.FullName, "--urls", $"http://127.0.0.1:{port}", "--issuer", $"http://localhost:{port}");
    }

    public ValueTask DisposeAsync()
    {
        Phone.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task Command(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. command, "--data", _folder.FullName]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"gapura {command[0]} {command[1]}: {await error}");
    }
}

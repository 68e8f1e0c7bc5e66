using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Gapura.Bench.Running;

/// <summary>Another program of the same kind, as it comes from its registry (<c>bench/peers</c>), with what it wrote down that may be shown to it.</summary>
internal sealed class Peer(Measured server, JsonElement seeded, string name) : IAsyncDisposable
{
    public Measured Server => server;

    /// <summary>With its version.</summary>
    public string Name => name;

    /// <param name="count">How many people it has.</param>
    public static async Task<Peer> Start(string package, int count)
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "peers", package));
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) await Install(folder);
        var (port, file) = (Measured.FreePort(), Path.GetTempFileName());
        try
        {
            var server = await Measured.Start("node", [Path.Combine(folder, "server.mjs"), port.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture), file], port, "/", [new("NODE_ENV", "production"), new("NODE_NO_WARNINGS", "1")], isGauged: false);
            var version = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", package, "package.json"))).RootElement.GetProperty("version").GetString();
            return new Peer(server, JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement, $"{package} {version}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public IReadOnlyList<string> Seeded(string what) => [.. seeded.GetProperty(what).EnumerateArray().Select(e => e.GetString()!)];

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task Install(string folder)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]) { WorkingDirectory = folder, UseShellExecute = false })!;
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci in {folder} ended with {npm.ExitCode}.");
    }
}

using System.Diagnostics;
using System.Text.Json;
using Gapura.Bench.Stores;

namespace Gapura.Bench.Running;

/// <summary>A fresh installation, seeded by the command line as an operator would: one platform with its API key, one person, one phone.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string ClientId = "bench";
    public const string Password = "kuda laut menari di teluk";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-bench-");

    private Installation(Store store) => Store = store;

    /// <summary>The server as <c>bench/run</c> published it for this machine; else as it was built beside this program, in the same configuration.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("GAPURA_BENCH_SERVER") ?? Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "src", "Gapura", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "gapura.dll"));

    public Store Store { get; }

    public string ApiKey { get; private set; } = "";

    public Phone Phone { get; } = new();

    public static Task<Installation> Make() => Make(new SqliteStore());

    public static async Task<Installation> Make(Store store)
    {
        var made = new Installation(store);
        await made.Command("platform", "add", "--client-id", ClientId, "--name", "Bench", "--company", "Bench", "--domain", "https://bench.example", "--redirect-uri", "https://bench.example/back", "--id-token-alg", "ES256");
        made.ApiKey = JsonDocument.Parse(await made.Command("api-key", "issue", "--platform", ClientId, "--json")).RootElement.GetProperty("apiKey").GetString()!;
        await made.Command("account", "add", "--username", "orang", "--name", "Orang Satu", "--password", Password);
        await made.Command("device", "enrol", "--account", "orang", "--public-key", made.Phone.PublicKey, "--name", "Ponsel");
        return made;
    }

    /// <summary>Codes live for an hour, so that thousands can be opened and signed before the first is shown. Nothing else is unusual.</summary>
    /// <param name="isGauged">Whether the runtime's hook is loaded into it.</param>
    /// <param name="environment">Of its process, beside the usual.</param>
    public Task<Measured> Serve(bool isGauged = true, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var port = Measured.FreePort();
        return Measured.Start("dotnet", [Program, "serve", "--data", _folder.FullName, "--database", Store.Connection, "--urls", $"http://127.0.0.1:{port}", "--issuer", $"http://localhost:{port}"],
            port, "/healthz", [new("GAPURA_QrAuth__ChallengeLifetime", "3600"), new("GAPURA_QrAuth__ScanLifetime", "3600"), .. environment ?? []], isGauged);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<string> Command(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. command, "--data", _folder.FullName, "--database", Store.Connection]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"gapura {command[0]} {command[1]}: {await error}");
    }
}

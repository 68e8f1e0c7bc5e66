using System.Diagnostics;
using System.Text.Json;

namespace Gapura.Client.Tests.Running;

/// <summary>The built server as a stranger's program: <c>dotnet gapura.dll …</c> of the configuration these tests were built in.</summary>
internal static class BuiltGapura
{
    // …/tests/Gapura.Client.Tests/bin/<configuration>/net10.0/
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Tree { get; } = Here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Configuration { get; } = Here.Parent!.Name;

    private static string Program { get; } = Path.Combine(Tree, "src", "Gapura", "bin", Configuration, Here.Name, "gapura.dll");

    /// <summary>How to start it. Nothing of the caller's environment that begins with GAPURA_ reaches it.</summary>
    public static ProcessStartInfo Start(params IEnumerable<string> arguments) => Dotnet([Program, .. arguments]);

    public static ProcessStartInfo Dotnet(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("GAPURA_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        return start;
    }

    /// <summary>Runs a program that must succeed; its standard output.</summary>
    public static async Task<string> Run(ProcessStartInfo start, TimeSpan patience)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var late = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{string.Join(' ', start.ArgumentList)}: {await output}{await error}");
        return await output;
    }

    /// <summary>Runs a command with <c>--json</c>.</summary>
    public static async Task<JsonElement> Json(params IEnumerable<string> arguments) => JsonDocument.Parse(await Run(Start([.. arguments, "--json"]), TimeSpan.FromMinutes(1))).RootElement;
}

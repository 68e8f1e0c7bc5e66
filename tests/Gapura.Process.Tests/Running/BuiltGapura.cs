using System.Diagnostics;
using System.Text.Json;

namespace Gapura.Process.Tests.Running;

/// <summary>The built server as a program: <c>dotnet gapura.dll …</c> of the configuration these tests were built in.</summary>
internal static class BuiltGapura
{
    // …/tests/Gapura.Process.Tests/bin/<configuration>/net10.0/
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Tree { get; } = Here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Folder { get; } = Path.Combine(Tree, "src", "Gapura", "bin", Here.Parent!.Name, Here.Name);

    public static string Program { get; } = Path.Combine(Folder, "gapura.dll");

    /// <summary>How to start it. Nothing of the caller's environment that begins with GAPURA_ reaches it.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("GAPURA_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in settings ?? []) start.Environment["GAPURA_" + name] = value;
        return start;
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<Ended> Run(params string[] arguments) => Run(Start(arguments), TimeSpan.FromMinutes(1));

    public static async Task<Ended> Run(ProcessStartInfo start, TimeSpan patience)
    {
        using var process = OsProcess.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var late = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', start.ArgumentList)} did not end within {patience}: {await output} {await error}", e);
        }

        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a command that must succeed, with <c>--json</c>.</summary>
    public static async Task<JsonElement> Json(params string[] arguments)
    {
        var ended = await Run([.. arguments, "--json"]);
        Assert.True(ended.ExitCode == 0, $"gapura {string.Join(' ', arguments)}: {ended.Error}");
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}

internal sealed record Ended(int ExitCode, string Output, string Error);

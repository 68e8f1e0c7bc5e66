using System.Diagnostics;
using System.Reflection;

namespace Gapura.Browser.Tests.World;

/// <summary>Other programs: where they are, and what they say when they are run.</summary>
internal static class Programs
{
    private static readonly TimeSpan Slowest = TimeSpan.FromMinutes(1);

    /// <summary>The root of the sources, ending in a slash.</summary>
    public static string Repository { get; } = Path.GetFullPath(Built("Repository"));

    /// <summary>Where the build left the demo, and the server's command line with it.</summary>
    public static string Demo { get; } = Path.GetFullPath(Built("DemoDirectory"));

    public static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, name)));

    public static Process Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is its own.</exception>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        using var program = Start(name, arguments);
        using var slowest = new CancellationTokenSource(Slowest);
        var output = program.StandardOutput.ReadToEndAsync(slowest.Token);
        var error = program.StandardError.ReadToEndAsync(slowest.Token);
        await program.WaitForExitAsync(slowest.Token);
        return program.ExitCode == 0 ? await output
            : throw new InvalidOperationException($"{name} {string.Join(' ', arguments.Take(2))} ended with {program.ExitCode}: {await error}");
    }

    private static string Built(string name) => typeof(Programs).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == name).Value!;
}

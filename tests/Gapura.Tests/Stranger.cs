using System.Diagnostics;
using Xunit;

namespace Gapura.Tests;

/// <summary>A program of somebody else's, asked for its judgement.</summary>
internal static class Stranger
{
    public static string Repository { get; } = FindRepository();

    /// <summary>Skips the test when the program is missing; fails it where <c>GAPURA_TEST_MUST=1</c> says that nothing may be.</summary>
    public static void Needs(bool isThere, string reason)
    {
        if (isThere) return;
        Assert.False(Environment.GetEnvironmentVariable("GAPURA_TEST_MUST") == "1", reason);
        Assert.Skip(reason);
    }

    public static async Task<bool> IsThere(params string[] command)
    {
        try
        {
            return (await Run(Repository, command)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public static async Task<(int Code, string Output, string Error)> Run(string folder, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var ct = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output, await error);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gapura.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not lie inside the repository.");
    }
}

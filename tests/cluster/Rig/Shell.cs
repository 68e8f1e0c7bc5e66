using System.Diagnostics;

namespace Gapura.Cluster.Rig;

/// <summary>Programs of the machine, run to their end or watched while they run.</summary>
internal static class Shell
{
    public static bool IsRoot { get; } = Environment.UserName == "root";

    /// <summary>Runs it to its end. Nothing it leaves running keeps us waiting for its output.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message is what it said.</exception>
    public static async Task<string> Run(string program, params string[] arguments) => await Run(new ProcessStartInfo(program, arguments));

    public static async Task<string> Run(ProcessStartInfo start)
    {
        var (code, said, complained) = await Try(start);
        return code == 0 ? said : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {code}: {complained}{said}");
    }

    public static async Task<(int Code, string Said, string Complained)> Try(ProcessStartInfo start)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (false, true, true, true);
        using var process = OsProcess.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(late.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The same program as the one who may run PostgreSQL, which refuses to be root.</summary>
    public static ProcessStartInfo AsOwner(string program, params string[] arguments) =>
        IsRoot ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, .. arguments]) { WorkingDirectory = "/" } : new ProcessStartInfo(program, arguments);
}

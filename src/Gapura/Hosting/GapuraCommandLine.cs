using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using Gapura.Hosting.Commands;
using Gapura.Storage;

namespace Gapura.Hosting;

/// <summary>
/// <c>gapura …</c>: 0 when it was done, 1 when it could not be (one sentence on the error stream says why, and nothing
/// was changed), 2 when the command line itself cannot be understood, 130 when it was interrupted.
/// </summary>
public static class GapuraCommandLine
{
    internal const int Refused = 1;
    internal const int NotUnderstood = 2;
    private const int Interrupted = 130;

    // A value may begin with @, a password for one: no response files. Options are spelt out: no bundles of letters.
    private static readonly ParserConfiguration AsWritten = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct) =>
        RunAsync(args, new Terminal(output, error), TimeProvider.System, ct);

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, TimeProvider time, CancellationToken ct)
    {
        var said = CommandTree.Build(terminal, time).Parse(args, AsWritten);
        if (said.Errors.Count > 0 && said.Action is not HelpAction)
        {
            // Some of the parser's sentences go over several lines.
            await terminal.Error.WriteLineAsync($"{string.Join(' ', said.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} See `{CommandTree.Path(said.CommandResult.Command)} --help`.");
            return NotUnderstood;
        }

        try
        {
            // The host of `serve` answers signals itself; every other command listens to ct.
            return await said.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            }, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Interrupted;
        }
#pragma warning disable CA1031 // The last stop: whatever it is, the operator reads a sentence.
        catch (Exception e)
        {
            await terminal.Error.WriteLineAsync(Sentence(e));
            if (Environment.GetEnvironmentVariable("GAPURA_DEBUG") == "1") await terminal.Error.WriteLineAsync(e.ToString());
            return e is RefusedException { IsUsage: true } ? NotUnderstood : Refused;
        }
#pragma warning restore CA1031
    }

    private static string Sentence(Exception e) => e switch
    {
        RefusedException or SettingsException or DatabaseUnavailableException or DllNotFoundException or PlatformNotSupportedException => e.Message,
        UnauthorizedAccessException or IOException => $"{e.Message} Check who owns the data directory.",
        DbException => $"The database refused: {e.Message} `gapura doctor` looks for the cause.",
        _ => $"Something unexpected happened: {e.Message} Set GAPURA_DEBUG=1 to see where.",
    };
}

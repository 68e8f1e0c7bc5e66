using System.CommandLine;
using System.CommandLine.Parsing;

namespace Gapura.Demo;

/// <summary>Reads the demo's two options and turns every expected trouble into one sentence.</summary>
internal static class DemoCommand
{
    /// <returns>0 after a clean end, 1 when the demo cannot start or its server gave up, 2 for wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var port = new Option<int>("--port")
        {
            Description = "The server's port; the partner takes the next one, the customs API the one after.",
            DefaultValueFactory = _ => 5080,
            CustomParser = ReadPort,
        };
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "Where the demo keeps its database and demo.json (default: demo/data).",
        };

        var command = new RootCommand("Gapura's demo: the sign-in server, a partner platform and a customs API.") { port, data };
        command.SetAction(async (parsed, _) =>
        {
            var ports = new DemoPorts(parsed.GetValue(port));
            var directory = parsed.GetValue(data)?.FullName ?? DataDirectory.Default();
            try
            {
                return await DemoRun.RunAsync(ports, directory, Console.Out, ct);
            }
            catch (DemoTroubleException trouble)
            {
                await Console.Error.WriteLineAsync(trouble.Message);
                return 1;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return 0; // Ctrl-C while still starting
            }
        });

        // Signals are Program's: without this the parser would end the process with code 130.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
        var parsed = command.Parse(args);
        var code = await parsed.InvokeAsync(invocation, CancellationToken.None);
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    private static int ReadPort(ArgumentResult given)
    {
        // The partner and the customs API need two ports more.
        if (int.TryParse(given.Tokens[0].Value, out var port) && port is >= 1 and <= 65533)
            return port;
        given.AddError("--port takes a number from 1 to 65533.");
        return 0;
    }
}

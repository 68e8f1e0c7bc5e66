using System.Text.Json;
using Gapura.Hosting;

namespace Gapura.Demo;

/// <summary>The server's public command line, the only way the demo puts anything into it.</summary>
internal sealed class GapuraCommands(string data)
{
    /// <returns>The JSON value the command answered with.</returns>
    /// <exception cref="DemoTroubleException">The command was refused; the message is its own sentence.</exception>
    public async Task<JsonElement> RunAsync(CancellationToken ct, params string[] command)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await GapuraCommandLine.RunAsync([.. command, "--json", "--data", data], output, error, ct);
        if (code != 0)
        {
            throw new DemoTroubleException(
                $"Seeding {data} stopped at \"gapura {command[0]} {command[1]}\": {error.ToString().Trim()}");
        }

        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    /// <summary>Ends with the server's exit code, not before the server has ended.</summary>
    public Task<int> ServeAsync(string issuer, TextWriter error, CancellationToken ct) => Task.Run(
        () => GapuraCommandLine.RunAsync(
            ["serve", "--data", data, "--urls", issuer, "--issuer", issuer], TextWriter.Null, error, ct),
        CancellationToken.None);
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gapura.Browser.Tests.World;

namespace Gapura.Browser.Tests.Samples;

/// <summary>One of the partners' programs under <c>samples/</c>, started as its page says, with what an operator gives a partner.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    private static readonly TimeSpan SlowestStart = TimeSpan.FromSeconds(90);

    private readonly Process _program;
    private readonly StringBuilder _said = new();

    private SampleProgram(Process program, int port) => (_program, Port) = (program, port);

    public int Port { get; }

    public string Origin => OriginOf(Port);

    public static string OriginOf(int port) => $"http://localhost:{port}";

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What this machine lacks for a sample, or null.</summary>
    public static string? Missing(string folder, string command)
    {
        var program = command.Split(' ')[0];
        if (!(Path.IsPathRooted(program) ? File.Exists(program) : Programs.Exists(program))) return $"No {program} here: install it, or let tests/run do it.";
        var files = Path.Combine(Programs.Repository, "samples", folder);
        return File.Exists(Path.Combine(files, "package.json")) && !Directory.Exists(Path.Combine(files, "node_modules"))
            ? $"The packages of samples/{folder} are not installed: npm ci --prefix samples/{folder}, or tests/run." : null;
    }

    /// <param name="folder">Under <c>samples/</c>.</param>
    /// <param name="command">What its page says; a shell reads it, so that it may name PORT.</param>
    /// <param name="given">The environment.</param>
    public static async Task<SampleProgram> StartAsync(string folder, string command, int port, Dictionary<string, string> given)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "exec " + command])
        {
            WorkingDirectory = Path.Combine(Programs.Repository, "samples", folder), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PORT"] = $"{port}";
        foreach (var (name, value) in given) start.Environment[name] = value;
        var sample = new SampleProgram(Process.Start(start)!, port);
        sample._program.OutputDataReceived += (_, line) => sample.Hear(line.Data);
        sample._program.ErrorDataReceived += (_, line) => sample.Hear(line.Data);
        sample._program.BeginOutputReadLine();
        sample._program.BeginErrorReadLine();
        await sample.ListensAsync();
        return sample;
    }

    public async ValueTask DisposeAsync()
    {
        // The group: npm and dotnet start the program proper as a child of their own.
        if (!_program.HasExited) await Programs.RunAsync("kill", "-KILL", "--", $"-{_program.Id}");
        await _program.WaitForExitAsync();
        _program.Dispose();
    }

    private async Task ListensAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Origin));
                return;
            }
            catch (HttpRequestException) when (!_program.HasExited && clock.Elapsed < SlowestStart)
            {
                await Task.Delay(100);
            }
            catch (HttpRequestException silent)
            {
                throw new InvalidOperationException($"The sample does not answer at {Origin}: {_said}", silent);
            }
        }
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}

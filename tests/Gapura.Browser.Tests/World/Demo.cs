using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Gapura.Browser.Tests.World;

/// <summary>The built demo, run as the program it is: three origins, started once for all tests.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private static readonly TimeSpan SlowestStart = TimeSpan.FromMinutes(2);

    private readonly Process _program;
    private readonly StringBuilder _said;
    private readonly string _data;

    private Demo(Process program, StringBuilder said, string data, DemoFile file) => (_program, _said, _data, File) = (program, said, data, file);

    public DemoFile File { get; }

    /// <param name="ticketLifetime">How long a popup's ticket lives.</param>
    public static async Task<Demo> StartAsync(TimeSpan ticketLifetime)
    {
        var data = Directory.CreateTempSubdirectory("gapura-browser-").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Programs.Demo, "Gapura.Demo.dll"), "--port", $"{FreePorts()}", "--data", data])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["GAPURA_SeamlessLogin__TicketLifetime"] = $"{ticketLifetime.TotalSeconds:0}";
        var program = Process.Start(start)!;
        var said = new StringBuilder();
        program.OutputDataReceived += (_, line) => Hear(said, line.Data);
        program.ErrorDataReceived += (_, line) => Hear(said, line.Data);
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();

        var announced = Path.Combine(data, "demo.json");
        var clock = Stopwatch.StartNew();
        while (!System.IO.File.Exists(announced))
        {
            if (program.HasExited || clock.Elapsed > SlowestStart) throw new InvalidOperationException($"The demo did not start: {said}");
            await Task.Delay(50);
        }

        return new Demo(program, said, data, DemoFile.Read(announced));
    }

    /// <summary>The server's command line, as an operator uses it beside the running server.</summary>
    public async Task<JsonElement> CommandAsync(params string[] command)
    {
        var said = await Programs.RunAsync("dotnet", [Path.Combine(Programs.Demo, "gapura.dll"), .. command, "--json", "--data", _data]);
        return JsonDocument.Parse(said).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        if (_program.HasExited) throw new InvalidOperationException($"The demo ended by itself with {_program.ExitCode}: {_said}");
        await Programs.RunAsync("kill", "-TERM", $"{_program.Id}");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _program.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            _program.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The demo did not end within 20 seconds of SIGTERM: {_said}", late);
        }

        if (_program.ExitCode != 0) throw new InvalidOperationException($"The demo ended with {_program.ExitCode}: {_said}");
        _program.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static void Hear(StringBuilder said, string? line)
    {
        lock (said) said.AppendLine(line);
    }

    // The demo takes three neighbours. GAPURA_TEST_PORT begins the search elsewhere.
    private static int FreePorts()
    {
        var first = int.Parse(Environment.GetEnvironmentVariable("GAPURA_TEST_PORT") ?? "5300");
        return Enumerable.Range(0, 30).Select(i => first + (3 * i)).First(p => IsFree(p) && IsFree(p + 1) && IsFree(p + 2));
    }

    private static bool IsFree(int port)
    {
        try
        {
            foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
            {
                using var listener = new TcpListener(address, port);
                listener.Start();
            }

            return true;
        }
        catch (SocketException taken)
        {
            return taken.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable;
        }
    }
}

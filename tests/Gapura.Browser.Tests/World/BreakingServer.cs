using System.Diagnostics;
using System.Text;
using Gapura.Browser.Tests.Samples;

namespace Gapura.Browser.Tests.World;

/// <summary>A server of its own, with nobody in it, whose database breaks while it runs.</summary>
internal sealed class BreakingServer : IAsyncDisposable
{
    private static readonly TimeSpan SlowestStart = TimeSpan.FromSeconds(60);

    private readonly Process _program;
    private readonly string _data;
    private readonly StringBuilder _said = new();

    private BreakingServer(Process program, string data, string address) => (_program, _data, Address) = (program, data, address);

    public string Address { get; }

    public static async Task<BreakingServer> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("gapura-breaking-").FullName;
        var address = SampleProgram.OriginOf(SampleProgram.FreePort());
        var server = new BreakingServer(Programs.Start("dotnet", Path.Combine(Programs.Demo, "gapura.dll"), "serve", "--data", data, "--urls", address), data, address);
        server._program.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server._program.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server._program.BeginOutputReadLine();
        server._program.BeginErrorReadLine();
        await server.ListensAsync();
        return server;
    }

    /// <summary>Nothing that is asked of the database from now on can be answered: its files are full of zeros.</summary>
    public void Break()
    {
        foreach (var path in Directory.EnumerateFiles(_data, "gapura.db*"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.Write(new byte[file.Length]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _program.Kill();
        await _program.WaitForExitAsync();
        _program.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task ListensAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address + "/healthz"));
                return;
            }
            catch (HttpRequestException) when (!_program.HasExited && clock.Elapsed < SlowestStart)
            {
                // Not yet.
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"The server did not start: {_said}", e);
            }
        }
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}

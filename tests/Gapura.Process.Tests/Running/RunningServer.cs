using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gapura.Process.Tests.Running;

/// <summary>The server as a process of its own, told what to do by signals only.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private readonly OsProcess _process;
    private readonly StringBuilder _said = new();

    private RunningServer(OsProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Address => $"http://localhost:{Port}";

    public int Id => _process.Id;

    /// <summary>From the start of the process to the first answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    public string Said
    {
        get { lock (_said) return _said.ToString(); }
    }

    /// <summary>Warnings and faults in its log.</summary>
    public string Complaints => string.Join('\n', Said.Split('\n').Where(l => l.StartsWith("warn", StringComparison.Ordinal) || l.StartsWith("fail", StringComparison.Ordinal) || l.StartsWith("crit", StringComparison.Ordinal)));

    /// <summary>Resident memory, MB.</summary>
    public double Megabytes =>
        long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Starts it and returns after its first answer to <paramref name="first"/>.</summary>
    public static async Task<RunningServer> Start(Installed installed, HttpRequestMessage? first = null, int port = 0, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        if (port == 0) port = FreePort();
        var start = BuiltGapura.Start(
            ["serve", .. installed.Arguments, "--urls", $"http://127.0.0.1:{port}", "--issuer", $"http://localhost:{port}"], settings);
        var clock = Stopwatch.StartNew();
        var server = new RunningServer(OsProcess.Start(start)!, port);
        server.Listen();
        first ??= new HttpRequestMessage(HttpMethod.Get, "/healthz");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (true)
        {
            if (server._process.HasExited) throw new InvalidOperationException($"The server ended with {server._process.ExitCode}: {server.Said}");
            if (clock.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException($"The server did not answer: {server.Said}");
            try
            {
                using var again = new HttpRequestMessage(first.Method, new Uri($"http://127.0.0.1:{port}{first.RequestUri}")) { Content = first.Content };
                foreach (var header in first.Headers) again.Headers.TryAddWithoutValidation(header.Key, header.Value);
                using var answer = await http.SendAsync(again);
                await answer.Content.ReadAsByteArrayAsync();
                server.FirstAnswer = clock.Elapsed;
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return server;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
    }

    /// <summary>Returns when the database answers, too.</summary>
    public async Task Ready()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var clock = Stopwatch.StartNew();
        while (!(await http.GetAsync(new Uri($"{Address}/readyz"))).IsSuccessStatusCode)
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException($"The database did not come back: {Said}");
            await Task.Delay(50);
        }
    }

    /// <summary>SIGKILL, as a crash of the process; the machine stays up.</summary>
    public async Task Kill9()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        Assert.Equal(128 + SigKill, _process.ExitCode);
    }

    public void Terminate() => _process.Signal(SigTerm);

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExit(TimeSpan patience)
    {
        using var late = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Listen()
    {
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }

    public static int FreePort()
    {
        for (var port = 5400; port < 5500; port++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's: try the next.
            }
        }

        throw new InvalidOperationException("No port from 5400 to 5499 is free.");
    }
}

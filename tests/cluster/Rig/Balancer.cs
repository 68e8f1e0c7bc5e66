using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Gapura.Cluster.Rig;

/// <summary>HAProxy with the configuration that the documents print, its addresses given by the environment.</summary>
internal sealed class Balancer(string home, int port, IReadOnlyList<string> nodes) : IAsyncDisposable
{
    private readonly string _admin = Path.Combine(home, $"haproxy-{port}.sock");
    private OsProcess? _process;

    public static string Documented { get; } = Path.Combine(BuiltGapura.Tree, "docs", "operating", "haproxy.cfg");

    public string Address => $"http://127.0.0.1:{port}";

    /// <param name="configuration">Path; usually the documented one.</param>
    public async Task Start(string configuration)
    {
        var start = new ProcessStartInfo("haproxy", ["-db", "-f", configuration]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GAPURA_BIND"] = $"127.0.0.1:{port}";
        start.Environment["GAPURA_ADMIN"] = _admin;
        foreach (var (node, index) in nodes.Select((n, i) => (n, i))) start.Environment[$"GAPURA_NODE{index + 1}"] = node;
        var log = TextWriter.Synchronized(new StreamWriter(Path.Combine(home, "haproxy.log"), append: true) { AutoFlush = true });
        File.Delete(_admin);
        _process = OsProcess.Start(start)!;
        _process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var tries = 0; !File.Exists(_admin); tries++)
        {
            if (_process.HasExited || tries > 500) throw new InvalidOperationException($"HAProxy did not start: {string.Join('\n', File.ReadLines(Path.Combine(home, "haproxy.log")).TakeLast(10))}");
            await Task.Delay(10);
        }
    }

    /// <summary>Gives a node no new request; it ends what it has.</summary>
    public async Task Drain(Node node)
    {
        foreach (var backend in Backends) await Say($"set server {backend}/{node.Name} state drain");
    }

    public async Task Fill(Node node)
    {
        foreach (var backend in Backends) await Say($"set server {backend}/{node.Name} state ready");
    }

    /// <summary>Until a node carries no request, or for five seconds: waiting screens do not end by themselves.</summary>
    public async Task Idle(Node node)
    {
        for (var tries = 0; tries < 50 && await Column("ready", node, "scur") != "0"; tries++) await Task.Delay(100);
    }

    /// <summary>Until it is given requests again.</summary>
    public async Task Up(Node node)
    {
        for (var tries = 0; await Column("ready", node, "status") != "UP"; tries++)
        {
            if (tries > 100) throw new TimeoutException($"HAProxy does not take {node.Name} back.");
            await Task.Delay(100);
        }
    }

    /// <summary>The node that carries the one stream there is.</summary>
    public async Task<Node> HolderOfTheStream(IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
            if (await Column("streams", node, "scur") == "1") return node;
        throw new InvalidOperationException("HAProxy carries no stream.");
    }

    private async Task<string> Column(string backend, Node node, string name)
    {
        var lines = (await Say("show stat")).Split('\n');
        var at = Array.IndexOf(lines[0].TrimStart('#', ' ').Split(','), name);
        return lines.First(l => l.StartsWith($"{backend},{node.Name},", StringComparison.Ordinal)).Split(',')[at];
    }

    /// <summary>A command of HAProxy's runtime API.</summary>
    public async Task<string> Say(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_admin));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
    }

    private static readonly string[] Backends = ["ready", "alive", "streams"];
}

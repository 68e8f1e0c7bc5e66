using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Gapura.Process.Tests.Kills;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Stops;

public sealed class StopTests
{
    // Generous for a busy machine; the server itself needs well under a second.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_server_told_to_stop_answers_every_request_it_has_accepted_and_ends_with_0()
    {
        await using var installed = await Installed.On(Kind.Sqlite, people: 2);
        await using var server = await RunningServer.Start(installed);
        using var client = new Client(server.Address);
        using var stop = new CancellationTokenSource();
        var promises = new Promises();
        var load = new Load(installed, client, promises).Run(stop.Token);
        while (promises.QrSignIns.Count < 100) await Task.Delay(10);

        // "100 Continue" says that the request is accepted and its body awaited: it comes after the signal.
        var accepted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Half.Sent(server.Port)));
        var clock = Stopwatch.StartNew();
        server.Terminate();
        await Task.Delay(200);
        var answers = await Task.WhenAll(accepted.Select(half => half.Finish()));
        var code = await server.WaitForExit(Prompt);
        Measured.Say($"SIGTERM under load: {answers.Length} accepted requests answered, ended with {code} after {clock.ElapsedMilliseconds} ms");
        await stop.CancelAsync();
        await load;

        Assert.Equal(0, code);
        Assert.All(answers, a => Assert.StartsWith("HTTP/1.1 200 ", a, StringComparison.Ordinal));
        Assert.All(answers, a => Assert.Contains("\"sessionId\":\"nu.id:1:client-1:", a, StringComparison.Ordinal));

        await using var back = await RunningServer.Start(installed, port: server.Port);
        using var again = new Client(back.Address);
        await new Reckoning(installed, again, promises).Check();
    }

    [Fact]
    public async Task A_client_that_never_finishes_its_request_does_not_hold_the_server_up()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        await using var server = await RunningServer.Start(installed);
        using var half = await Half.Sent(server.Port);
        var clock = Stopwatch.StartNew();
        server.Terminate();
        Assert.Equal(0, await server.WaitForExit(TimeSpan.FromSeconds(20)));
        Measured.Say($"SIGTERM with a request that never ends: ended after {clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_0_too()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        await using var server = await RunningServer.Start(installed);
        const int interrupt = 2;
        Signals.Send(server.Id, interrupt);
        Assert.Equal(0, await server.WaitForExit(Prompt));
    }

    /// <summary>A request whose head was accepted and whose body is still to come.</summary>
    private sealed class Half(TcpClient connection) : IDisposable
    {
        private static readonly string Body = $$"""{"clientId":"{{Installed.ClientId}}","nonce":"{{Client.NewNonce()}}"}""";

        public static async Task<Half> Sent(int port)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync("127.0.0.1", port);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/qrAuth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\nExpect: 100-continue\r\n\r\n"));
            var continues = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
            await connection.GetStream().ReadExactlyAsync(continues);
            Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(continues));
            return new Half(connection);
        }

        public async Task<string> Finish()
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Body));
            using var reader = new StreamReader(connection.GetStream());
            return await reader.ReadToEndAsync();
        }

        public void Dispose() => connection.Dispose();
    }
}

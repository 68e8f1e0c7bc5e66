using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Kills;

public sealed class KillTests
{
    private const int Kill = 9;

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task Nothing_answered_is_lost_and_nothing_spent_comes_back_when_the_server_is_killed_under_load(Kind kind)
    {
        await using var installed = await Installed.On(kind, people: 3);
        var port = 0;
        for (var round = 1; round <= Asked.Of(3, 10); round++)
        {
            var promises = new Promises();
            port = await UnderLoad.Kill(installed, promises, port);
            await using var back = await RunningServer.Start(installed, port: port, settings: UnderLoad.Patient);
            await Hold(installed, back, promises, $"kill {round}, {kind}, back after {back.FirstAnswer.TotalMilliseconds:0} ms");
        }
    }

    [Fact]
    public async Task Nothing_answered_is_lost_when_PostgreSQL_crashes_and_recovers_under_a_running_server()
    {
        await using var installed = await Installed.On(Kind.Postgres, people: 3);
        await using var server = await RunningServer.Start(installed, settings: UnderLoad.Patient);
        var promises = new Promises();
        await UnderLoad.Strike(installed, server, promises, async () =>
        {
            // One backend that dies by SIGKILL makes PostgreSQL end all of them and recover from its log.
            Signals.Send((await installed.Store.Backends())[0], Kill);
            await Task.Delay(TimeSpan.FromSeconds(2));
        });
        await server.Ready();
        await Hold(installed, server, promises, "crash of PostgreSQL");
    }

    private static async Task Hold(Installed installed, RunningServer server, Promises promises, string what)
    {
        using var client = new Client(server.Address);
        await new Reckoning(installed, client, promises).Check();
        Assert.Contains(promises.QrSignIns, s => s is { Approved: Asking.Answered, Claimed: Asking.NotAsked });
        Assert.Contains(promises.QrSignIns, s => s.Claimed == Asking.Answered);
        Measured.Say($"{what}: {promises}");
    }
}

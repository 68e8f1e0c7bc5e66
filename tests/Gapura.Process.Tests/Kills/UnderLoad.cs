using System.Security.Cryptography;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Kills;

/// <summary>A server that something happens to in the middle of its work, at no particular moment of it.</summary>
internal static class UnderLoad
{
    // Longer than the slowest machine takes for a round: time is not what is tested here.
    public static readonly KeyValuePair<string, string>[] Patient = [new("QrAuth__ChallengeLifetime", "1800"), new("QrAuth__CollectLifetime", "600")];

    public static async Task Strike(Installed installed, RunningServer server, Promises promises, Func<Task> strike)
    {
        using var client = new Client(server.Address);
        using var stop = new CancellationTokenSource();
        var load = new Load(installed, client, promises).Run(stop.Token);
        while (!load.IsCompleted && (promises.QrSignIns.Count < 300 || promises.Popups.IsEmpty)) await Task.Delay(10, CancellationToken.None);
        await Task.Delay(RandomNumberGenerator.GetInt32(500), CancellationToken.None);
        await strike();
        await stop.CancelAsync();
        await load;
    }

    /// <summary>Starts a server and kills it.</summary>
    /// <param name="port">0: whichever is free.</param>
    /// <returns>The port it had.</returns>
    public static async Task<int> Kill(Installed installed, Promises promises, int port = 0)
    {
        await using var server = await RunningServer.Start(installed, port: port, settings: Patient);
        await Strike(installed, server, promises, server.Kill9);
        return server.Port;
    }
}

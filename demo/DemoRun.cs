using Gapura.Demo.CustomsApi;
using Gapura.Demo.TauTauBeres;

namespace Gapura.Demo;

/// <summary>Seeds, starts the three programs in one process, says what to open, and waits for the end.</summary>
internal static class DemoRun
{
    // Ctrl-C is answered within this time even when a browser still holds a connection open.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public static async Task<int> RunAsync(DemoPorts ports, string directory, TextWriter output, CancellationToken ct)
    {
        ports.MustBeFree();
        using var data = DataDirectory.Open(directory);
        var announced = data.File("demo.json");
        File.Delete(announced); // scripts wait for this file: it must not be there before everything listens

        // The server's own public switch; whoever set it already wants to read more.
        const string logLevel = "Logging__LogLevel__Default";
        Environment.SetEnvironmentVariable(logLevel, Environment.GetEnvironmentVariable(logLevel) ?? "Warning");

        var seed = await new Seed(data, new GapuraCommands(data.Path)).RunAsync(ports, ct);
        var demo = Describe(ports, seed);
        await using var partner = PartnerSite.Build(
            new(ports.Partner, ports.Server, seed.Partner.ClientId, seed.Partner.ApiKey, demo.ResourceApi), demo.Device);
        await using var customs = CustomsSite.Build(new(ports.Customs, ports.Server, seed.Customs.ApiKey, ports.Partner));
        await using var server = DemoServer.Start(data, ports.Server, Patience);
        try
        {
            await Task.WhenAll(partner.StartAsync(ct), customs.StartAsync(ct), server.MustKnowAsync(demo.Platform, ct));
            PrivateFile.Write(announced, demo, DemoJson.Default.DemoFile);
            await output.WriteAsync(WhatToOpen(demo, announced));
            await server.EndAsync(ct);
        }
        finally
        {
            using var patience = new CancellationTokenSource(Patience);
            await Task.WhenAll(partner.StopAsync(patience.Token), customs.StopAsync(patience.Token));
        }

        return 0;
    }

    private static DemoFile Describe(DemoPorts ports, Seed.Result seed) => new(
        ports.Server,
        new(ports.Partner, seed.Partner.ClientId, seed.Partner.ApiKey, ports.Partner),
        $"{ports.Customs}/documents",
        seed.Account,
        seed.Device);

    private static string WhatToOpen(DemoFile demo, string announced) =>
        $"""

        open {demo.Platform.Url}

          user name    {demo.Account.Username}
          password     {demo.Account.Password}

          server       {demo.Issuer}
          customs API  {demo.ResourceApi}
          for scripts  {announced}

        Ctrl-C ends it.

        """;
}

using System.Diagnostics;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Starts;

/// <summary>The README's first command, and a stranger who has nothing but the file it writes.</summary>
public sealed class DemoTests : IDisposable
{
    // A stranger's first sign-in takes less than this, the start included. What it took is printed.
    private static readonly TimeSpan Promised = TimeSpan.FromMinutes(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-demo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_demo_says_open_at_once_and_a_stranger_completes_both_sign_ins()
    {
        await Build();
        var warm = TimeSpan.MaxValue;
        for (var turn = 0; turn < 3; turn++)
        {
            var data = Path.Combine(_folder.FullName, $"data-{turn}");
            using var demo = OsProcess.Start(Dotnet("run", "--project", "demo", "--", "--port", "5490", "--data", data))!;
            try
            {
                var opened = await Opened(demo);
                warm = opened < warm ? opened : warm;
                if (turn == 0) await Strangers(Path.Combine(data, "demo.json"));
            }
            finally
            {
                await End(demo);
            }

            // Kept by one good turn; a busy machine gets more of them.
            if (warm < Promised) break;
        }

        Measured.Say($"dotnet run --project demo, warm: \"open\" after {warm.TotalMilliseconds:0} ms");
        Assert.InRange(warm, TimeSpan.Zero, Promised);
    }

    private static async Task Build()
    {
        var built = await BuiltGapura.Run(Dotnet("build", "demo"), TimeSpan.FromMinutes(10));
        Assert.True(built.ExitCode == 0, built.Output);
    }

    private static async Task<TimeSpan> Opened(OsProcess demo)
    {
        var clock = Stopwatch.StartNew();
        demo.StandardInput.Close();
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await demo.StandardOutput.ReadLineAsync(late.Token) is { } line)
            if (line.StartsWith("open http://", StringComparison.Ordinal)) return clock.Elapsed;
        throw new InvalidOperationException($"The demo ended: {await demo.StandardError.ReadToEndAsync(late.Token)}");
    }

    private static async Task Strangers(string demoFile)
    {
        const string documents = "5 customs documents for 018263453454543";
        Assert.Equal([$"signed in by popup: {documents}", $"signed in by QR code: {documents}"], await Stranger("both-doors.mjs", demoFile));
        Assert.Equal(
            [$"signed in by phone (type): {documents}", $"signed in by phone (match): {documents}", "declined: nobody is signed in"],
            await Stranger("new-phone.mjs", demoFile));
    }

    /// <returns>The lines it printed.</returns>
    private static async Task<string[]> Stranger(string name, string demoFile)
    {
        var start = Dotnet(Path.Combine(BuiltGapura.Tree, "tests", "strangers", name), demoFile);
        start.FileName = "node";
        var ended = await BuiltGapura.Run(start, TimeSpan.FromMinutes(1));
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        return ended.Output.TrimEnd().Split('\n');
    }

    // What Ctrl-C does: the signal goes to `dotnet run` and to the demo, its child.
    private static async Task End(OsProcess demo)
    {
        var children = await BuiltGapura.Run(Program("pgrep", "-P", $"{demo.Id}"), TimeSpan.FromMinutes(1));
        foreach (var child in children.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Signals.Send(int.Parse(child), 2);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await demo.WaitForExitAsync(late.Token);
        Assert.Equal(0, demo.ExitCode);
    }

    private static ProcessStartInfo Dotnet(params string[] arguments) => Program("dotnet", arguments);

    private static ProcessStartInfo Program(string name, params string[] arguments) => new(name, arguments)
    {
        UseShellExecute = false, WorkingDirectory = BuiltGapura.Tree, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    };
}

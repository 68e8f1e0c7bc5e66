using System.Diagnostics;
using System.Net;
using Gapura.Process.Tests.Kills;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Faults;

/// <summary>The disk fails under a running server: it says so, loses nothing that it had said, and goes on by itself when the disk does.</summary>
public sealed class DiskTests
{
    [Fact]
    public async Task A_disk_that_is_full_under_load_costs_no_answer_that_was_given()
    {
        await using var disk = await SmallDisk.Mount(64);
        await using var installed = await Installed.On(Kind.Sqlite, people: 3, at: new DirectoryInfo(disk.Folder.FullName).CreateSubdirectory("gapura"));
        await Struck(installed, "full disk", () => Task.Run(disk.Fill), () => Task.Run(disk.MakeRoom));
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_under_load_costs_no_answer_that_was_given()
    {
        await using var installed = await Installed.On(Kind.Sqlite, people: 3);
        var probe = Path.Combine(installed.Data, "probe");
        await File.WriteAllTextAsync(probe, "");
        var why = await SmallDisk.Run("chattr", "+i", probe);
        if (why is null) await SmallDisk.Run("chattr", "-i", probe);
        Assert.SkipUnless(why is null || Asked.Must, $"No file can be made unwritable for root here: {why}");
        Assert.Null(why);

        // Not the index of the log, which lies in memory that is shared by way of a file: a write to that would be a SIGBUS.
        string[] Files() => [Path.Combine(installed.Data, "gapura.db"), Path.Combine(installed.Data, "gapura.db-wal")];
        try
        {
            await Struck(installed, "unwritable database", () => SmallDisk.Run("chattr", ["+i", .. Files()]), () => SmallDisk.Run("chattr", ["-i", .. Files()]));
        }
        finally
        {
            await SmallDisk.Run("chattr", ["-i", .. Files()]);
        }
    }

    [Fact]
    public async Task On_a_read_only_disk_the_start_is_refused_in_a_sentence_and_changes_nothing()
    {
        await using var disk = await SmallDisk.Mount(32);
        await using var installed = await Installed.On(Kind.Sqlite, at: new DirectoryInfo(disk.Folder.FullName).CreateSubdirectory("gapura"));
        await disk.Become("ro");
        var ended = await BuiltGapura.Run(BuiltGapura.Start(["serve", .. installed.Arguments, "--urls", "http://127.0.0.1:0", "--issuer", "http://localhost:5400"]), TimeSpan.FromMinutes(1));
        await disk.Become("rw");
        Measured.Say($"refused: {ended.Error.TrimEnd()}");
        Assert.Equal(1, ended.ExitCode);
        var line = Assert.Single(ended.Error.TrimEnd().Split('\n'));
        Assert.Contains("gapura.db", line, StringComparison.Ordinal);
        Assert.Contains("read-only", line, StringComparison.Ordinal);
        await using var server = await RunningServer.Start(installed);
        using var client = new Client(server.Address);
        Assert.True((await Approve(client, installed.Phones[0])).IsOk);
    }

    [Fact]
    public async Task A_backup_to_a_disk_that_is_full_is_none_and_says_so()
    {
        await using var disk = await SmallDisk.Mount(8);
        await using var installed = await Installed.On(Kind.Sqlite);
        disk.Fill();
        var ended = await BuiltGapura.Run(["backup", "--to", Path.Combine(disk.Folder.FullName, "night"), .. installed.Arguments]);
        Measured.Say($"refused: {ended.Error.TrimEnd()}");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("no room", ended.Error, StringComparison.Ordinal);
        Assert.Equal(["filler"], Directory.GetFileSystemEntries(disk.Folder.FullName).Select(Path.GetFileName));
    }

    private static async Task Struck(Installed installed, string what, Func<Task> strike, Func<Task> mend)
    {
        await using var server = await RunningServer.Start(installed, settings: UnderLoad.Patient);
        using var client = new Client(server.Address);
        using var stop = new CancellationTokenSource();
        var promises = new Promises();
        var load = new Load(installed, client, promises).Run(stop.Token);
        await Until(() => promises.QrSignIns.Count >= 200 && !promises.Popups.IsEmpty, load);
        await strike();
        Heard refused;
        try
        {
            do
            {
                refused = await Approve(client, installed.Phones[0]);
            }
            while (refused.IsOk);
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"No answer at all: {server.Said}", e);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "temporarily_unavailable"), (refused.Status, refused.Error));
        Assert.NotNull(refused.RetryAfter);

        // What needs no store goes on; the process lives; the load goes on knocking.
        Assert.True((await client.Get("/healthz")).IsOk);
        Assert.True((await client.QrAuth(Client.NewNonce())).IsOk);
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        await mend();

        var clock = Stopwatch.StartNew();
        while (!(await Approve(client, installed.Phones[0])).IsOk)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It did not come back by itself: {server.Complaints}");
            await Task.Delay(20, CancellationToken.None);
        }

        var back = clock.Elapsed;
        var before = promises.QrSignIns.Count(s => s.Claimed == Asking.Answered);
        await Until(() => promises.QrSignIns.Count(s => s.Claimed == Asking.Answered) > before + 50, load);
        await stop.CancelAsync();
        await load;
        await new Reckoning(installed, client, promises).Check();
        Measured.Say($"{what}: {promises}; back {back.TotalMilliseconds:0} ms after the mend");
        server.Terminate();
        Assert.Equal(0, await server.WaitForExit(TimeSpan.FromSeconds(30)));
        var doctor = await BuiltGapura.Run(["doctor", .. installed.Arguments]);
        Assert.DoesNotContain("damaged", doctor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("does not hold", doctor.Output, StringComparison.Ordinal);
    }

    internal static async Task<Heard> Approve(Client client, Phone phone)
    {
        var opened = await client.QrAuth(Client.NewNonce());
        return opened.IsOk ? await client.Authenticate(opened.Text("sessionId"), phone) : opened;
    }

    private static async Task Until(Func<bool> isSo, Task load)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            if (load.IsCompleted) await load;
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "The load does not get on.");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}

using System.Security.Cryptography;
using Gapura.Process.Tests.Kills;
using Gapura.Process.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Gapura.Process.Tests.Carried;

/// <summary>A server's SQLite file is carried to PostgreSQL by a command that is killed on the way, again and again.</summary>
public sealed class MoveTests
{
    private const int Kill = 9;

    [Fact]
    public async Task Killed_on_the_way_it_is_run_again_and_everything_that_was_answered_is_kept()
    {
        await using var target = await Store.Make(Kind.Postgres);
        await using var installed = await Installed.On(Kind.Sqlite, people: 3);
        var promises = new Promises();
        var port = await UnderLoad.Kill(installed, promises);
        Swell(installed.Data, Asked.Of(150_000, 1_000_000));
        string[] move = ["move", "--to", target.Connection!, .. installed.Arguments];
        var kills = 0;
        foreach (var after in (string[])["revisions", "throttles: 20", "throttles: 60", "audit", "throttles: "])
        {
            if (await Killed(move, after)) kills++;
            await IsClosed(["account", "list", .. installed.Arguments], "being moved");
        }

        var moved = await BuiltGapura.Run(BuiltGapura.Start([.. move, "--json"]), TimeSpan.FromMinutes(5));
        Assert.True(moved.ExitCode == 0, moved.Error);
        Assert.True(kills == 5, $"killed {kills} times only");
        var elsewhere = installed.Elsewhere(installed.Data, target.Connection);
        await IsClosed(["account", "list", .. installed.Arguments], "was moved to");
        var here = await installed.Store.Rows(installed.Data);
        foreach (var (table, rows) in await target.Rows(installed.Data)) Assert.Equal(table == "migrations" ? rows + 1 : rows, here[table]);

        await using var again = await RunningServer.Start(elsewhere, port: port, settings: UnderLoad.Patient);
        using var after2 = new Client(again.Address);
        await new Reckoning(installed, after2, promises).Check();
        Measured.Say($"moved to PostgreSQL after {kills} kills: {promises}");
    }

    // Killed a moment after it has said these words.
    private static async Task<bool> Killed(string[] move, string words)
    {
        using var process = OsProcess.Start(BuiltGapura.Start(move))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line && !line.StartsWith(words, StringComparison.Ordinal)) { /* not yet */ }
        await Task.Delay(RandomNumberGenerator.GetInt32(60), CancellationToken.None);
        var alive = !process.HasExited;
        if (alive) Signals.Send(process.Id, Kill);
        await process.WaitForExitAsync(CancellationToken.None);
        await output;
        return alive;
    }

    private static async Task IsClosed(string[] command, string words)
    {
        var ended = await BuiltGapura.Run(command);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(words, ended.Error, StringComparison.Ordinal);
    }

    private static void Swell(string data, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "gapura.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
            INSERT INTO throttles (key, window_ends_at, failures) SELECT lower(hex(randomblob(32))), 9000000000000, i FROM n;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
            INSERT INTO npwp_releases (account_id, client_id, way, day, released_at) SELECT (SELECT MIN(id) FROM accounts), 'client-1', 'claim', i, 9000000000000 FROM n;
            """;
        command.Parameters.AddWithValue("@rows", rows);
        command.ExecuteNonQuery();
    }
}

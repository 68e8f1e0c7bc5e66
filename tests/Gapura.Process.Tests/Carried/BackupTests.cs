using System.Security.Cryptography;
using System.Text;
using Gapura.Process.Tests.Kills;
using Gapura.Process.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Gapura.Process.Tests.Carried;

/// <summary>Backups of a server under load, restored elsewhere.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-carried-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Everything_answered_before_the_backup_began_is_in_it_and_nothing_spent_is_good_again()
    {
        await using var installed = await Installed.On(Kind.Sqlite, people: 3);
        var promises = new Promises();
        var (approved, claimed, tokens) = (new List<string>(), new List<string>(), new List<string>());
        var port = 0;
        await using (var server = await RunningServer.Start(installed, settings: UnderLoad.Patient))
        {
            port = server.Port;
            using var client = new Client(server.Address);
            using var stop = new CancellationTokenSource();
            var load = new Load(installed, client, promises).Run(stop.Token);
            while (!load.IsCompleted && promises.QrSignIns.Count < 300) await Task.Delay(10, CancellationToken.None);
            approved.AddRange(promises.QrSignIns.Where(s => s.Approved == Asking.Answered).Select(s => s.SessionId));
            claimed.AddRange(promises.QrSignIns.Where(s => s.Claimed == Asking.Answered).Select(s => s.SessionId));
            tokens.AddRange(promises.Chains.Select(c => c.Tokens[0]));
            var made = await BuiltGapura.Json(["backup", "--to", Path.Combine(_folder.FullName, "night"), .. installed.Arguments]);
            Assert.False(made.GetProperty("quiet").GetBoolean());
            await stop.CancelAsync();
            await load;
        }

        Assert.True(approved.Count > 100 && claimed.Count > 10 && tokens.Count > 100, $"{approved.Count} approved, {claimed.Count} claimed");
        var data = Path.Combine(_folder.FullName, "elsewhere");
        await BuiltGapura.Json("restore", "--from", Path.Combine(_folder.FullName, "night"), "--data", data);
        await using (var restored = new SqliteConnection($"Data Source={Path.Combine(data, "gapura.db")};Pooling=False;Mode=ReadOnly"))
        {
            await restored.OpenAsync();
            foreach (var id in approved) Assert.Equal(1, Count(restored, "SELECT COUNT(*) FROM ceremonies WHERE handle = @it AND state IN ('Approved', 'Collected')", id));
            foreach (var id in claimed) Assert.Equal(1, Count(restored, "SELECT COUNT(*) FROM ceremonies WHERE handle = @it AND state = 'Collected'", id));
            foreach (var token in tokens) Assert.Equal(1, Count(restored, "SELECT COUNT(*) FROM refresh_tokens WHERE hash = @it", SHA256.HashData(Encoding.UTF8.GetBytes(token))));
        }

        var elsewhere = installed.Elsewhere(data);
        await using var again = await RunningServer.Start(elsewhere, port: port, settings: UnderLoad.Patient);
        using var after = new Client(again.Address);
        foreach (var chain in promises.Chains.Take(20)) Assert.Equal("invalid_grant", (await after.Refresh(chain.Tokens[0])).Error);
        foreach (var token in promises.AccessTokens.Take(20)) Assert.False(await after.IsActive(token, installed.CustomsKey), "a token of before is still good");
        foreach (var signIn in promises.QrSignIns.Take(20))
        {
            var nonce = await after.QrAuth(signIn.Nonce);
            Assert.True(!nonce.IsOk || !nonce.Json.TryGetProperty("accessToken", out _), "a code of before signed in");
            Assert.False((await after.Authenticate(signIn.SessionId, signIn.Phone)).IsOk, "a code of before was approved");
        }

        foreach (var popup in promises.Popups.Take(5)) Assert.False((await after.OpenPopup(popup.Ticket)).IsOk, "a ticket of before opened a popup");
        var opened = await after.QrAuth(Client.NewNonce());
        Assert.True((await after.Authenticate(opened.Text("sessionId"), installed.Phones[0])).IsOk, "a phone of before signs in anew");
        Measured.Say($"backup under load: {approved.Count} approvals, {claimed.Count} claims and {tokens.Count} refresh tokens found in it");
    }

    [Fact]
    public async Task A_stopped_server_goes_on_elsewhere_as_if_nothing_had_happened()
    {
        await using var installed = await Installed.On(Kind.Sqlite, people: 3);
        var promises = new Promises();
        var port = await UnderLoad.Kill(installed, promises);
        var night = Path.Combine(_folder.FullName, "night");
        Assert.True((await BuiltGapura.Json(["backup", "--to", night, .. installed.Arguments])).GetProperty("quiet").GetBoolean());
        var data = Path.Combine(_folder.FullName, "elsewhere");
        await BuiltGapura.Json("restore", "--from", night, "--nothing-since", "--data", data);
        await using var again = await RunningServer.Start(installed.Elsewhere(data), port: port, settings: UnderLoad.Patient);
        using var after = new Client(again.Address);
        await new Reckoning(installed, after, promises).Check();
        Measured.Say($"restored elsewhere: {promises}");
    }

    [Fact]
    public async Task Beside_a_running_server_nothing_is_restored_or_moved()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        var night = Path.Combine(_folder.FullName, "night");
        await BuiltGapura.Json(["backup", "--to", night, .. installed.Arguments]);
        await using var server = await RunningServer.Start(installed);
        foreach (string[] command in (string[][])[["restore", "--from", night, "--replace"], ["move", "--to", "Host=127.0.0.1;Port=1;Username=gapura;Database=gapura"]])
        {
            var ended = await BuiltGapura.Run([.. command, .. installed.Arguments]);
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains("stop the server", ended.Error, StringComparison.Ordinal);
        }

        using var client = new Client(server.Address);
        var opened = await client.QrAuth(Client.NewNonce());
        Assert.True((await client.Authenticate(opened.Text("sessionId"), installed.Phones[0])).IsOk);
    }

    [Fact]
    public async Task A_backup_that_is_killed_is_whole_or_is_none()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        var whole = 0;
        for (var round = 0; round < Asked.Of(5, 40); round++)
        {
            var night = Path.Combine(_folder.FullName, $"night-{round}");
            await Killed(["backup", "--to", night, .. installed.Arguments]);
            if (!Directory.Exists(night)) continue;
            whole++;
            await BuiltGapura.Json("restore", "--from", night, "--data", Path.Combine(_folder.FullName, $"trial-{round}"));
        }

        Measured.Say($"backups killed: {whole} were whole, the others none");
    }

    [Fact]
    public async Task A_restore_that_is_killed_has_happened_or_not_or_says_that_it_was_cut_off()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        var night = Path.Combine(_folder.FullName, "night");
        await BuiltGapura.Json(["backup", "--to", night, .. installed.Arguments]);
        await BuiltGapura.Json(["account", "add", "--username", "kemudian", "--name", "K", "--password", Installed.Password, .. installed.Arguments]);
        var (happened, not, cutOff) = (0, 0, 0);
        for (var round = 0; round < Asked.Of(5, 40); round++)
        {
            // Every other time in the few milliseconds between laying aside and putting in place.
            var aside = Directory.GetDirectories(installed.Data).Length;
            await Killed(["restore", "--from", night, "--replace", .. installed.Arguments], round % 2 == 0 ? () => Directory.GetDirectories(installed.Data).Length > aside : null);
            var list = await BuiltGapura.Run(["account", "list", "--json", .. installed.Arguments]);
            if (list.ExitCode != 0)
            {
                Assert.Contains("was cut off", list.Error, StringComparison.Ordinal);
                cutOff++;
                await BuiltGapura.Json(["restore", "--from", night, "--replace", .. installed.Arguments]);
                list = await BuiltGapura.Run(["account", "list", "--json", .. installed.Arguments]);
            }

            var people = System.Text.Json.JsonDocument.Parse(list.Output).RootElement.GetArrayLength();
            if (people == 2)
            {
                not++;
                continue;
            }

            Assert.Equal(1, people);
            happened++;
            await BuiltGapura.Json(["account", "add", "--username", "kemudian", "--name", "K", "--password", Installed.Password, .. installed.Arguments]);
        }

        Measured.Say($"restores killed: {happened} had happened, {not} had not, {cutOff} were cut off and run again");
    }

    // As soon as something is seen, or else at no particular moment of its work, most of which is over in a second.
    private static async Task Killed(string[] command, Func<bool>? seen = null)
    {
        using var process = OsProcess.Start(BuiltGapura.Start(command))!;
        process.StandardInput.Close();
        if (seen is null) await Task.Delay(RandomNumberGenerator.GetInt32(300, 1200), CancellationToken.None);
        else SpinWait.SpinUntil(() => seen() || process.HasExited);
        if (!process.HasExited) Signals.Send(process.Id, 9);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static long Count(SqliteConnection connection, string query, object it)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.AddWithValue("@it", it);
        return (long)command.ExecuteScalar()!;
    }
}

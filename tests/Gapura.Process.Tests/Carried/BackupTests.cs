using System.Security.Cryptography;
using System.Text;
using Gapura.Process.Tests.Kills;
using Gapura.Process.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Gapura.Process.Tests.Carried;

/// <summary>Backups of a server under load, restored elsewhere.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly KeyValuePair<string, string>[] Patient = [new("QrAuth__ChallengeLifetime", "1800"), new("QrAuth__CollectLifetime", "600")];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-carried-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Everything_answered_before_the_backup_began_is_in_it_and_nothing_spent_is_good_again()
    {
        await using var installed = await Installed.On(Kind.Sqlite, people: 3);
        var promises = new Promises();
        var (approved, claimed, tokens) = (new List<string>(), new List<string>(), new List<string>());
        var port = 0;
        await using (var server = await RunningServer.Start(installed, settings: Patient))
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
        await using var again = await RunningServer.Start(elsewhere, port: port, settings: Patient);
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
        var port = 0;
        await using (var server = await RunningServer.Start(installed, settings: Patient))
        {
            port = server.Port;
            using var client = new Client(server.Address);
            using var stop = new CancellationTokenSource();
            var load = new Load(installed, client, promises).Run(stop.Token);
            while (!load.IsCompleted && (promises.QrSignIns.Count < 300 || promises.Popups.IsEmpty)) await Task.Delay(10, CancellationToken.None);
            await server.Kill9();
            await stop.CancelAsync();
            await load;
        }

        var night = Path.Combine(_folder.FullName, "night");
        Assert.True((await BuiltGapura.Json(["backup", "--to", night, .. installed.Arguments])).GetProperty("quiet").GetBoolean());
        var data = Path.Combine(_folder.FullName, "elsewhere");
        await BuiltGapura.Json("restore", "--from", night, "--nothing-since", "--data", data);
        await using var again = await RunningServer.Start(installed.Elsewhere(data), port: port, settings: Patient);
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

    private static long Count(SqliteConnection connection, string query, object it)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.AddWithValue("@it", it);
        return (long)command.ExecuteScalar()!;
    }
}

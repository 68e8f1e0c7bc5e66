using System.Net;
using Gapura.Process.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Gapura.Process.Tests.Faults;

/// <summary>A page of the file goes bad: what needs it is refused, nothing wrong is answered, the doctor names it, and a backup mends it.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-damage-");

    private string Backup => Path.Combine(_folder.FullName, "night");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_page_that_went_bad_while_the_server_was_stopped()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        await BuiltGapura.Json(["backup", "--to", Backup, .. installed.Arguments]);
        Damage(installed.Data, "refresh_tokens");
        await using (var server = await RunningServer.Start(installed))
        {
            using var client = new Client(server.Address);
            Unavailable(await DiskTests.Approve(client, installed.Phones[0]));
            Assert.True((await client.Ticket(installed.ApiKey)).IsOk);
            Assert.True((await client.Get("/healthz")).IsOk);
        }

        await Mended(installed);
    }

    [Fact]
    public async Task A_page_that_goes_bad_under_a_running_server()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        await BuiltGapura.Json(["backup", "--to", Backup, .. installed.Arguments]);
        await using (var server = await RunningServer.Start(installed))
        {
            using var client = new Client(server.Address);
            Assert.True((await DiskTests.Approve(client, installed.Phones[0])).IsOk);
            Damage(installed.Data, "accounts");

            // Whoever has a good copy of the page in memory may go on; a change elsewhere makes the others look again.
            await BuiltGapura.Run(["platform", "disable", "customs", .. installed.Arguments]);
            var ticket = (await client.Ticket(installed.ApiKey)).Text("data", "token");
            Heard answer;
            var tries = 0;
            do
            {
                answer = await client.SignIn(ticket, installed.People[0]);
                Assert.True(answer.IsOk || answer.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Forbidden, $"{answer.Status}: {answer.Body}");
            }
            while (answer.Status != HttpStatusCode.ServiceUnavailable && ++tries < 20);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.True((await client.Get("/healthz")).IsOk);
            server.Terminate();
            Assert.Equal(0, await server.WaitForExit(TimeSpan.FromSeconds(30)));
        }

        await Mended(installed);
    }

    private async Task Mended(Installed installed)
    {
        var doctor = await BuiltGapura.Run(["doctor", .. installed.Arguments]);
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("damaged", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("gapura restore", doctor.Output, StringComparison.Ordinal);
        var refused = await BuiltGapura.Run(["backup", "--to", Path.Combine(_folder.FullName, "later"), .. installed.Arguments]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("damaged", refused.Error, StringComparison.Ordinal);
        await BuiltGapura.Json(["restore", "--from", Backup, "--replace", .. installed.Arguments]);
        await using var server = await RunningServer.Start(installed);
        using var client = new Client(server.Address);
        Assert.True((await DiskTests.Approve(client, installed.Phones[0])).IsOk);
    }

    private static void Unavailable(Heard heard)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "temporarily_unavailable"), (heard.Status, heard.Error));
        Assert.NotNull(heard.RetryAfter);
    }

    // The first page of a table. Whatever lies in the log goes to its place first, or it would be read instead.
    private static void Damage(string data, string table)
    {
        var path = Path.Combine(data, "gapura.db");
        long page, size;
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Number(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            page = Number(connection, $"SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = '{table}'");
            size = Number(connection, "PRAGMA page_size");
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = (page - 1) * size;
        file.Write(Enumerable.Repeat((byte)0xA5, (int)size).ToArray());
        file.Flush(flushToDisk: true);
    }

    private static long Number(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar());
    }
}

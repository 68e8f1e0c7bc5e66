using System.Text.Json;
using Gapura.Storage;
using Gapura.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Gapura.Tests.Moving;

public sealed class BackupCommandTests : IDisposable
{
    private readonly Operator _operator = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-backup-");

    private string To => Path.Combine(_folder.FullName, "night");

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_backup_holds_database_and_key_and_says_what_they_must_be()
    {
        await Installed();
        var said = await _operator.Json("backup", "--to", To);
        Assert.Equal(["gapura.db", "manifest.json", "master.key"], Directory.GetFiles(To).Select(Path.GetFileName).Order());
        Assert.Equal((To, "file", true), (said.GetProperty("directory").GetString(), said.GetProperty("masterKey").GetString(), said.GetProperty("quiet").GetBoolean()));
        var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(To, "manifest.json"))).RootElement;
        Assert.Equal(1, manifest.GetProperty("tables").GetProperty("accounts").GetInt64());
        Assert.Equal(Migrations.Newest, manifest.GetProperty("migrations").EnumerateArray().Max(m => m.GetProperty("number").GetInt32()));
        Assert.Equal(["gapura.db", "master.key"], manifest.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(1, manifest.GetProperty("format").GetInt32());
    }

    [Fact]
    public async Task It_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        await Installed();
        await _operator.Json("backup", "--to", To);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(To));
        foreach (var file in Directory.GetFiles(To)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task It_never_takes_the_place_of_another()
    {
        await Installed();
        await _operator.Json("backup", "--to", To);
        var before = await File.ReadAllTextAsync(Path.Combine(To, "manifest.json"));
        (await _operator.Run("backup", "--to", To)).IsRefused("is there already");
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(To, "manifest.json")));
        Assert.Equal([To], Directory.GetDirectories(_folder.FullName));
    }

    [Fact]
    public async Task A_disk_that_is_not_mounted_is_not_filled_beneath()
    {
        await Installed();
        var far = Path.Combine(_folder.FullName, "disk", "night");
        (await _operator.Run("backup", "--to", far)).IsRefused("There is no", "mount");
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_damaged_database_gives_no_backup()
    {
        await Installed();
        Damage(Path.Combine(_operator.Data, "gapura.db"));
        (await _operator.Run("backup", "--to", To)).IsRefused("damaged");
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_key_that_does_not_fit_gives_no_backup()
    {
        await Installed();
        await File.WriteAllTextAsync(Path.Combine(_operator.Data, "master.key"), new string('b', 64));
        (await _operator.Run("backup", "--to", To)).IsRefused("master key does not open");
        File.Delete(Path.Combine(_operator.Data, "master.key"));
        (await _operator.Run("backup", "--to", To)).IsRefused("master.key");
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_key_in_the_settings_stays_out_of_it_and_that_is_said()
    {
        Directory.CreateDirectory(_operator.Data);
        await File.WriteAllTextAsync(Path.Combine(_operator.Data, "gapura.json"), $$"""{"MasterKey":"{{new string('c', 64)}}"}""");
        await Installed();
        var said = await _operator.Json("backup", "--to", To);
        Assert.Equal("setting", said.GetProperty("masterKey").GetString());
        Assert.Equal(["gapura.db", "manifest.json"], Directory.GetFiles(To).Select(Path.GetFileName).Order());
        Assert.DoesNotContain(new string('c', 64), await File.ReadAllTextAsync(Path.Combine(To, "manifest.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_somebody_has_the_database_open_it_is_made_all_the_same_and_says_so()
    {
        await Installed();
        await using var open = new SqliteDatabase(Path.Combine(_operator.Data, "gapura.db"));
        await open.Write(sql => sql.Execute("INSERT INTO revisions (topic, revision) VALUES ('still in the log', 1)"), TestContext.Current.CancellationToken);
        Assert.False((await _operator.Json("backup", "--to", To)).GetProperty("quiet").GetBoolean());
        await using var copy = new SqliteConnection($"Data Source={Path.Combine(To, "gapura.db")};Pooling=False;Mode=ReadOnly");
        await copy.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = copy.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM revisions WHERE topic = 'still in the log'";
        Assert.Equal(1L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Host=db;Username=gapura;Password=rahasia;Database=gapura", "host=db port=5432 dbname=gapura user=gapura")]
    [InlineData("postgres://gapura:rahasia@db/gapura", "postgres://gapura@db/gapura")]
    public async Task Of_PostgreSQL_it_names_the_command_and_what_to_keep_with_it(string connection, string named)
    {
        var said = await _operator.Run("backup", "--to", To, "--database", connection);
        said.IsRefused("pg_dump", "pg_basebackup", named, "master.key");
        Assert.DoesNotContain("rahasia", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_installation_none_is_made()
    {
        (await _operator.Run("backup", "--to", To)).IsRefused("no installation");
        Assert.False(Directory.Exists(_operator.Data));
    }

    [Fact]
    public async Task The_doctor_names_a_damaged_file_and_its_mend()
    {
        await Installed();
        Damage(Path.Combine(_operator.Data, "gapura.db"));
        var said = await _operator.Run("doctor");
        Assert.Equal(1, said.Code);
        Assert.Contains("damaged", said.Output, StringComparison.Ordinal);
        Assert.Contains("gapura restore", said.Output, StringComparison.Ordinal);
    }

    private async Task Installed()
    {
        await _operator.AddPlatform();
        await _operator.AddAccount();
        await _operator.Json("signing-key", "rotate");
    }

    // The pages behind the first hold tables and indexes; the first holds the list of them, without which nothing opens.
    private static void Damage(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        const int page = 4096;
        for (var at = 5 * page; at < file.Length; at += 3 * page)
        {
            file.Position = at;
            file.Write(Enumerable.Repeat((byte)0xA5, page).ToArray());
        }
    }
}

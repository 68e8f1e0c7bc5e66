using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gapura.Process.Tests.Running;

namespace Gapura.Process.Tests.Starts;

/// <summary>What stands in the way of a start is one sentence that names the mend, exit code 1, and no stack trace.</summary>
public sealed class TroubleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-trouble-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_port_in_use_is_named_with_the_option_that_chooses_another()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        await Refused(["--data", Data, "--urls", address, "--issuer", "http://localhost:5400"], address, "in use", "--urls");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        await Refused(["--data", Path.Combine(file, "data")], file, "data directory");
    }

    [Fact]
    public async Task A_data_directory_of_somebody_else_is_named()
    {
        Directory.CreateDirectory(Data, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        var start = BuiltGapura.Start(Serve(["--data", Data]));
        if (Environment.UserName == "root") AsNobody(start);
        Refused(await BuiltGapura.Run(start, TimeSpan.FromMinutes(1)), Data, "data directory");
    }

    [Fact]
    public async Task A_directory_in_the_place_of_the_database_is_named()
    {
        Directory.CreateDirectory(Path.Combine(Data, "gapura.db"));
        await Refused(["--data", Data], "gapura.db", "directory");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "master.key"), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        await File.WriteAllBytesAsync(Path.Combine(Data, "gapura.db"), RandomNumberGenerator.GetBytes(8192));
        await Refused(["--data", Data], "gapura.db", "not a database", "backup");
    }

    [Fact]
    public async Task The_wrong_master_key_is_named_with_what_to_restore()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        await using (await RunningServer.Start(installed)) { /* it makes its keys */ }
        await File.WriteAllTextAsync(Path.Combine(installed.Data, "master.key"), new string('a', 64));
        await Refused(installed.Arguments, "master.key", "Restore");
    }

    [Fact]
    public async Task A_missing_master_key_is_named_and_never_made_anew()
    {
        await using var installed = await Installed.On(Kind.Sqlite);
        File.Delete(Path.Combine(installed.Data, "master.key"));
        await Refused(installed.Arguments, "master.key", "restore");
        Assert.False(File.Exists(Path.Combine(installed.Data, "master.key")));
    }

    [Fact]
    public async Task A_PostgreSQL_that_does_not_answer_is_named() =>
        await Refused(["--data", Data, "--database", "Host=127.0.0.1;Port=1;Username=gapura;Password=rahasia;Database=gapura"], "PostgreSQL", "127.0.0.1:1", "running");

    [Fact]
    public async Task A_connection_text_that_cannot_be_read_is_named() =>
        await Refused(["--data", Data, "--database", "Host=127.0.0.1;Prot=5432;Password=rahasia"], "--database");

    private static async Task Refused(string[] arguments, params string[] named) =>
        Refused(await BuiltGapura.Run(BuiltGapura.Start(Serve(arguments)), TimeSpan.FromMinutes(1)), named);

    private static void Refused(Ended ended, params string[] named)
    {
        Measured.Say($"refused: {ended.Error.TrimEnd()}");
        Assert.Equal(1, ended.ExitCode);
        var line = Assert.Single(ended.Error.TrimEnd().Split('\n'));
        Assert.All(named, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.EndsWith(".", line, StringComparison.Ordinal);
        Assert.DoesNotContain("rahasia", line, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Serve(string[] arguments) => arguments.Contains("--urls")
        ? ["serve", .. arguments]
        : ["serve", .. arguments, "--urls", "http://127.0.0.1:0", "--issuer", "http://localhost:5400"];

    // Root may write anywhere: be somebody else, with a copy of the program that somebody else may read.
    private void AsNobody(ProcessStartInfo start)
    {
        var copy = Path.Combine(_folder.FullName, "program");
        foreach (var file in Directory.GetFiles(BuiltGapura.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(BuiltGapura.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        string[] arguments = ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", Path.Combine(copy, "gapura.dll"), .. start.ArgumentList.Skip(1)];
        start.FileName = "setpriv";
        start.ArgumentList.Clear();
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.WorkingDirectory = _folder.FullName;
        start.Environment["HOME"] = _folder.FullName;
    }
}

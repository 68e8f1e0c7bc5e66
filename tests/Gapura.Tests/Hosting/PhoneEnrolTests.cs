using System.Text.Json;
using Xunit;

namespace Gapura.Tests.Hosting;

/// <summary><c>gapura phone enrol</c>, at a server that listens.</summary>
public sealed class PhoneEnrolTests(GapuraServer server) : IClassFixture<GapuraServer>, IDisposable
{
    private readonly DeveloperPhone _phone = new(server);

    public void Dispose() => _phone.Dispose();

    [Fact]
    public async Task A_phone_is_enrolled_and_signs_in()
    {
        var said = await Enrol(GapuraServer.Password, "--name", "Ponsel Siti", "--json");
        Assert.Equal((0, ""), (said.Code, said.Error));
        var shown = said.Json;
        Assert.Equal((GapuraServer.Username, "Ponsel Siti", _phone.KeyFile), (shown.GetProperty("account").GetString(), shown.GetProperty("name").GetString(), shown.GetProperty("keyFile").GetString()));

        var kept = JsonDocument.Parse(await File.ReadAllTextAsync(_phone.KeyFile, TestContext.Current.CancellationToken)).RootElement;
        Assert.DoesNotContain(kept.GetProperty("privateKey").GetString()!, said.Output, StringComparison.Ordinal);
        Assert.Equal(shown.GetProperty("publicKey").GetString(), kept.GetProperty("publicKey").GetString());
        Assert.Equal(shown.GetProperty("id").GetString(), kept.GetProperty("deviceId").GetString());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_phone.KeyFile));

        var screen = await _phone.Open();
        Assert.Equal(0, (await _phone.Run("scan", screen.SessionId)).Code);
        Assert.Equal(0, (await _phone.Run("decline", screen.SessionId)).Code);
    }

    [Fact]
    public async Task A_key_that_is_there_is_kept_unless_force_is_said()
    {
        Assert.Equal(0, (await Enrol(GapuraServer.Password)).Code);
        var before = await File.ReadAllTextAsync(_phone.KeyFile, TestContext.Current.CancellationToken);
        (await Enrol(GapuraServer.Password)).IsRefused("holds a phone already");
        (await Enrol("bukan ini", "--force")).IsRefused("(wrong_password)");
        Assert.Equal(before, await File.ReadAllTextAsync(_phone.KeyFile, TestContext.Current.CancellationToken));

        Assert.Equal(0, (await Enrol(GapuraServer.Password, "--force")).Code);
        Assert.NotEqual(before, await File.ReadAllTextAsync(_phone.KeyFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_left_where_the_password_was_wrong()
    {
        (await Enrol("bukan ini")).IsRefused("(wrong_password)");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_phone.Folder));
    }

    [Fact]
    public async Task Nobody_is_enrolled_whose_key_cannot_be_kept()
    {
        var file = Path.Combine(_phone.Folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var before = await server.Rows();
        (await _phone.Person.RunWith(GapuraServer.Password, "phone", "enrol", "--server", _phone.Origin, "--username", GapuraServer.Username, "--password-stdin", "--key", Path.Combine(file, "phone.json")))
            .IsRefused("No key file can be written there");
        Assert.Equal(before, await server.Rows());
    }

    [Theory]
    [InlineData("http://id.example.go.id", "not a web origin")]
    [InlineData("https://id.example.go.id/v1", "not a web origin")]
    [InlineData("http://localhost:1", "http://localhost:1 cannot be reached")]
    public async Task Another_server_is_refused(string address, string words) =>
        (await _phone.Run("enrol", "--server", address, "--username", "coba", "--password", "x")).IsRefused(words);

    [Fact]
    public async Task Options_that_exclude_each_other_or_are_missing_are_not_understood()
    {
        (await _phone.Run("enrol", "--username", "coba", "--password", "x", "--password-stdin")).IsNotUnderstood("not both");
        (await _phone.Run("enrol", "--password", "x")).IsNotUnderstood("--username");
    }

    private Task<Said> Enrol(string password, params string[] more) => _phone.Person.RunWith(
        password, ["phone", "enrol", "--server", _phone.Origin + "/", "--username", GapuraServer.Username, "--password-stdin", "--key", _phone.KeyFile, .. more]);
}

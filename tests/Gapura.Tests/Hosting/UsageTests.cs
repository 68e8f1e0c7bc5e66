using Gapura.Hosting;
using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class UsageTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("paltform", "list")]
    [InlineData("platform")]
    [InlineData("platform", "add", "--name", "x")]
    [InlineData("platform", "show")]
    [InlineData("platform", "show", "a", "--client-id", "a")]
    [InlineData("platform", "list", "--no-such-option")]
    [InlineData("api-key", "issue")]
    [InlineData("account", "add", "--username", "coba", "--name", "Coba", "--password", "kapal besar", "--password-stdin")]
    [InlineData("verify", "--public-key", "04")]
    [InlineData("verify", "--stdin", "--public-key", "04")]
    [InlineData("verify", "--public-key", "04", "--signature", "30", "--session-id", "a", "--message-hex", "61")]
    public async Task A_command_line_that_cannot_be_understood_ends_with_2_and_changes_nothing(params string[] args)
    {
        (await _operator.Run(args)).IsNotUnderstood("--help");
        Assert.False(Directory.Exists(_operator.Data));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("platform", "--help")]
    [InlineData("platform", "add", "--help")]
    public async Task Help_is_no_mistake(params string[] args)
    {
        var said = await _operator.Run(args);
        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.Contains("Usage:", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrolment_by_an_operator_says_that_it_asks_for_no_proof() =>
        Assert.Contains("no proof", (await _operator.Run("device", "enrol", "--help")).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("platform", "list")]
    [InlineData("platform", "show", "tautauberes")]
    [InlineData("api-key", "list")]
    [InlineData("account", "list")]
    [InlineData("device", "list")]
    [InlineData("signing-key", "list")]
    [InlineData("signing-key", "rotate")]
    public async Task A_directory_without_an_installation_is_left_alone(params string[] args)
    {
        (await _operator.Run(args)).IsRefused("no installation", _operator.Data);
        Assert.False(Directory.Exists(_operator.Data));
    }

    [Fact]
    public async Task A_value_may_begin_with_an_at_sign()
    {
        await _operator.AddAccount(password: "@passwords.txt");
        Assert.Equal(0, (await _operator.Run("account", "list")).Code);
    }

    [Fact]
    public async Task A_broken_configuration_is_one_sentence()
    {
        Directory.CreateDirectory(_operator.Data);
        await File.WriteAllTextAsync(Path.Combine(_operator.Data, "gapura.json"), "{ broken");
        (await _operator.Run("platform", "list")).IsRefused("gapura.json");
    }

    [Fact]
    public async Task A_lost_master_key_is_not_replaced_by_a_new_one()
    {
        await _operator.AddPlatform();
        File.Delete(Path.Combine(_operator.Data, "master.key"));
        (await _operator.Run("platform", "list")).IsRefused("master.key", "backup");
        Assert.False(File.Exists(Path.Combine(_operator.Data, "master.key")));
    }

    [Fact]
    public async Task The_data_directory_is_made_for_its_owner_only()
    {
        await _operator.AddPlatform();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_operator.Data));
    }

    [Fact]
    public async Task What_the_program_calls_is_the_same_command_line()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, await GapuraCommandLine.RunAsync(["--help"], output, error, TestContext.Current.CancellationToken));
        Assert.Contains("signing-key", output.ToString(), StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Before_the_first_start_nothing_is_wrong_and_nothing_is_made()
    {
        var said = await _operator.Run("doctor");
        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.Contains("does not exist yet", said.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_operator.Data));
    }

    [Fact]
    public async Task A_healthy_installation_is_called_so()
    {
        await _operator.AddPlatform();
        await _operator.AddAccount();
        await _operator.Json("signing-key", "rotate");
        var report = await _operator.Json("doctor");
        Assert.True(report.GetProperty("healthy").GetBoolean());
        foreach (var check in (string[])["configuration", "issuer", "data directory", "master key", "database", "migrations", "clock", "keys", "libsecp256k1", "libsodium"])
            Assert.Contains(Checks(report), c => c.Check == check && c.State is "ok" or "warning");
        Assert.Contains(Checks(report), c => c is { Check: "issuer", State: "warning" });
        Assert.All(report.GetProperty("checks").EnumerateArray(), c => Assert.Equal(c.GetProperty("state").GetString() == "ok", c.GetProperty("mend").ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task A_setting_that_breaks_its_rule_is_a_problem()
    {
        Directory.CreateDirectory(_operator.Data);
        await File.WriteAllTextAsync(Path.Combine(_operator.Data, "gapura.json"), """{"Issuer":"https://id.example.id/path"}""");
        await Problem("configuration");
    }

    [Fact]
    public async Task A_https_issuer_behind_no_trusted_proxy_is_a_warning()
    {
        await _operator.AddPlatform();
        var settings = Path.Combine(_operator.Data, "gapura.json");
        await File.WriteAllTextAsync(settings, """{"Issuer":"https://id.example.id"}""");
        Assert.Contains(Checks(await _operator.Json("doctor")), c => c is { Check: "issuer", State: "warning" });
        await File.WriteAllTextAsync(settings, """{"Issuer":"https://id.example.id","TrustedProxies":"127.0.0.1"}""");
        Assert.Contains(Checks(await _operator.Json("doctor")), c => c is { Check: "issuer", State: "ok" });
    }

    [Fact]
    public async Task A_master_key_that_others_can_read_is_a_problem()
    {
        await _operator.AddPlatform();
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(MasterKey, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", await Problem("master key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_master_key_is_a_problem()
    {
        await _operator.AddPlatform();
        File.Delete(MasterKey);
        await Problem("master key");
        Assert.False(File.Exists(MasterKey));
    }

    [Fact]
    public async Task A_malformed_master_key_is_a_problem()
    {
        await _operator.AddPlatform();
        await File.WriteAllTextAsync(MasterKey, "not a key");
        await Problem("master key");
    }

    [Fact]
    public async Task Another_installations_master_key_is_a_problem()
    {
        await _operator.AddPlatform();
        await _operator.Json("signing-key", "rotate");
        await File.WriteAllTextAsync(MasterKey, new string('a', 64));
        Assert.Contains("backup", await Problem("keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_a_problem()
    {
        await _operator.AddPlatform();
        await File.WriteAllTextAsync(Path.Combine(_operator.Data, "gapura.db"), new string('x', 4096));
        await Problem("database");
    }

    [Fact]
    public async Task A_clock_that_went_back_is_a_problem()
    {
        await _operator.AddPlatform();
        using var op = new Operator { Time = new SetTime { Now = TimeProvider.System.GetUtcNow().AddDays(-400) } };
        Directory.CreateDirectory(op.Data);
        foreach (var file in Directory.EnumerateFiles(_operator.Data)) File.Copy(file, Path.Combine(op.Data, Path.GetFileName(file)));
        Assert.Contains("timedatectl", await Problem("clock", op), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_postgresql_that_does_not_answer_is_a_problem()
    {
        var said = await _operator.Run("doctor", "--database", "Host=127.0.0.1;Port=1;Username=x;Timeout=2");
        Assert.Equal(1, said.Code);
        Assert.Contains("PostgreSQL runs", said.Output, StringComparison.Ordinal);
    }

    private string MasterKey => Path.Combine(_operator.Data, "master.key");

    /// <summary>The mend of the one problem, which has this name.</summary>
    private async Task<string> Problem(string check, Operator? op = null)
    {
        var said = await (op ?? _operator).Run("doctor", "--json");
        Assert.Equal(1, said.Code);
        Assert.False(said.Json.GetProperty("healthy").GetBoolean());
        var problem = Assert.Single(said.Json.GetProperty("checks").EnumerateArray(), c => c.GetProperty("state").GetString() == "problem");
        Assert.Equal(check, problem.GetProperty("check").GetString());
        return problem.GetProperty("mend").GetString()!;
    }

    private static IEnumerable<(string? Check, string? State)> Checks(JsonElement report) =>
        report.GetProperty("checks").EnumerateArray().Select(c => (c.GetProperty("check").GetString(), c.GetProperty("state").GetString()));
}

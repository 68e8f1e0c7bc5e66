using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class DeviceCommandTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_device_is_enrolled_listed_and_revoked()
    {
        await _operator.AddAccount();
        var enrolled = await Enrol(Operator.PublicKey.ToUpperInvariant());
        var device = enrolled.Json;
        Assert.Equal("cobajualan", device.GetProperty("account").GetString());
        Assert.Equal(Operator.PublicKey, device.GetProperty("publicKey").GetString());
        Assert.Equal("HP saya", device.GetProperty("name").GetString());
        Assert.Equal($"[{device.GetRawText()}]", (await _operator.Json("device", "list")).GetRawText());
        Assert.Equal($"[{device.GetRawText()}]", (await _operator.Json("device", "list", "--account", "cobajualan")).GetRawText());

        var id = device.GetProperty("id").GetString()!;
        var once = await _operator.Json("device", "revoke", id);
        Assert.NotNull(once.GetProperty("revokedAt").GetString());
        Assert.Equal(once.GetRawText(), (await _operator.Json("device", "revoke", "--id", id)).GetRawText());
        Assert.Contains("revoked", (await _operator.Run("device", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_serves_one_account_once_even_after_its_revocation()
    {
        await _operator.AddAccount();
        await _operator.AddAccount("lain");
        var id = (await Enrol(Operator.PublicKey)).Json.GetProperty("id").GetString()!;
        (await Enrol(Operator.PublicKey)).IsRefused("enrolled before");
        await _operator.Json("device", "revoke", id);
        (await Enrol(Operator.PublicKey, "lain")).IsRefused("enrolled before");
        Assert.Equal("[]", (await _operator.Json("device", "list", "--account", "lain")).GetRawText());
    }

    [Fact]
    public async Task A_key_that_is_not_on_the_curve_is_refused_with_the_reason()
    {
        await _operator.AddAccount();
        (await Enrol(Operator.PublicKey[..^1] + "9")).IsRefused("not a point of the curve");
        (await Enrol(Operator.PublicKey[2..])).IsRefused("leading 04");
        (await Enrol("02" + Operator.PublicKey[2..66])).IsRefused("compressed");
        Assert.Equal("[]", (await _operator.Json("device", "list")).GetRawText());
    }

    [Fact]
    public async Task Unknown_ones_are_refused()
    {
        await _operator.AddAccount();
        (await Enrol(Operator.PublicKey, "nobody")).IsRefused("'nobody'");
        (await _operator.Run("device", "revoke", "01m7zv8wk0g46b11dk9k3xewe1")).IsRefused("device list");
        (await _operator.Run("device", "list", "--account", "nobody")).IsRefused("'nobody'");
        (await _operator.Run("device", "enrol", "--account", "cobajualan", "--public-key", Operator.PublicKey, "--name", "\t")).IsRefused("name");
    }

    private Task<Said> Enrol(string publicKey, string account = "cobajualan") =>
        _operator.Run("device", "enrol", "--account", account, "--public-key", publicKey, "--name", "HP saya", "--json");
}

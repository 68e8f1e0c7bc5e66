using Gapura.Audit;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class AuditCommandTests : IDisposable
{
    private readonly Operator _operator = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task What_operators_do_to_phones_is_listed_newest_first()
    {
        await Enrolled();
        await _operator.AddAccount("lain");
        var entries = (await _operator.Json("audit", "list", "--account", "cobajualan")).EnumerateArray().ToArray();
        Assert.Equal([("device.revoked", "operator", "cobajualan"), ("device.enrolled", "operator", "cobajualan")],
            entries.Select(e => (e.GetProperty("action").GetString(), e.GetProperty("actor").GetString(), e.GetProperty("account").GetString())));
        Assert.Equal("[]", (await _operator.Json("audit", "list", "--account", "lain")).GetRawText());
        Assert.Equal(1, (await _operator.Json("audit", "list", "--last", "1")).GetArrayLength());
        Assert.Contains("device.revoked", (await _operator.Run("audit", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_audit_is_called_so_and_its_last_seal_can_be_kept()
    {
        await Enrolled();
        Assert.Equal("""{"whole":true,"seals":0,"entries":0,"unsealed":2,"lastSeal":null,"brokenSeal":null,"why":null}""", (await _operator.Json("audit", "verify")).GetRawText());
        await Seal();
        var verdict = await _operator.Json("audit", "verify");
        var kept = verdict.GetProperty("lastSeal").GetString()!;
        Assert.Matches("^1:[0-9a-f]{64}$", kept);
        Assert.Equal(verdict.GetRawText(), (await _operator.Json("audit", "verify", "--kept", kept)).GetRawText());
        Assert.Contains(kept, (await _operator.Run("audit", "verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_one_is_exit_code_1_and_the_doctor_finds_it()
    {
        await Enrolled();
        await Seal();
        Assert.True((await _operator.Json("doctor")).GetProperty("healthy").GetBoolean());
        await using (var database = await Open()) await database.Write(sql => sql.Execute("DELETE FROM audit WHERE action = 'device.revoked'"), Ct);
        var said = await _operator.Run("audit", "verify", "--json");
        Assert.Equal(1, said.Code);
        Assert.Equal((false, 1, "Of 2 entries 1 are left."), (said.Json.GetProperty("whole").GetBoolean(), said.Json.GetProperty("brokenSeal").GetInt32(), said.Json.GetProperty("why").GetString()));
        var doctor = await _operator.Run("doctor");
        Assert.Equal(1, doctor.Code);
        Assert.Contains("Seal 1 does not hold.", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_seal_that_is_gone_is_exit_code_1()
    {
        await Enrolled();
        var said = await _operator.Run("audit", "verify", "--kept", $"1:{new string('0', 64)}");
        Assert.Equal(1, said.Code);
        Assert.Contains("cut off", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_ones_are_refused()
    {
        (await _operator.Run("audit", "verify")).IsRefused("no installation");
        await _operator.AddAccount();
        (await _operator.Run("audit", "verify", "--kept", "1")).IsRefused("--kept");
        (await _operator.Run("audit", "list", "--account", "nobody")).IsRefused("'nobody'");
        foreach (var last in (string[])["0", "-1", "10001", "x"]) Assert.Equal(2, (await _operator.Run("audit", "list", "--last", last)).Code);
    }

    private async Task Enrolled()
    {
        await _operator.AddAccount();
        var device = await _operator.Json("device", "enrol", "--account", "cobajualan", "--public-key", Operator.PublicKey, "--name", "HP");
        await _operator.Json("device", "revoke", device.GetProperty("id").GetString()!);
    }

    private Task<Database> Open() => Database.Open(Path.Combine(_operator.Data, "gapura.db"), TimeProvider.System, Ct);

    // As a running server does after two seconds.
    private async Task Seal()
    {
        await using var database = await Open();
        var later = new SetTime { Now = TimeProvider.System.GetUtcNow().AddSeconds(3) };
        Assert.Equal(2, await new AuditSeals(database, MasterKey.Load(null, Path.Combine(_operator.Data, "master.key")), later).SealNext(Ct));
    }
}

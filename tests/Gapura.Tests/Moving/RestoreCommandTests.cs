using System.Text.Json.Nodes;
using Gapura.Storage;
using Gapura.Tests.Hosting;
using Xunit;

namespace Gapura.Tests.Moving;

public sealed class RestoreCommandTests : IDisposable
{
    private readonly Operator _operator = new();
    private readonly Operator _elsewhere = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-restore-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string From => Path.Combine(_folder.FullName, "night");

    public void Dispose()
    {
        _operator.Dispose();
        _elsewhere.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Elsewhere_the_installation_is_as_it_was()
    {
        await BackedUp();
        var said = await _elsewhere.Json("restore", "--from", From);
        Assert.Null(said.GetProperty("aside").GetString());
        Assert.Equal("cobajualan", (await _elsewhere.Json("account", "list"))[0].GetProperty("username").GetString());
        Assert.Equal(0, (await _elsewhere.Run("audit", "verify")).Code);
        Assert.True((await _elsewhere.Json("doctor")).GetProperty("healthy").GetBoolean());
        Assert.Equal(["gapura.db", "gapura.db-lock", "master.key"], Directory.GetFiles(_elsewhere.Data).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Whoever_was_signed_in_is_signed_out_and_nothing_that_was_handed_out_is_good_again()
    {
        await BackedUp();
        var ended = (await _elsewhere.Json("restore", "--from", From)).GetProperty("ended");
        Assert.Equal((1, 1, 1), (ended.GetProperty("signIns").GetInt32(), ended.GetProperty("sessions").GetInt32(), ended.GetProperty("registrationTokens").GetInt32()));
        await using var database = new SqliteDatabase(Path.Combine(_elsewhere.Data, "gapura.db"));
        foreach (var left in (string[])[
            "grants WHERE revoked_at IS NULL", "sessions", "authorization_codes", "device_codes", "backchannel_requests", "registration_tokens WHERE revoked_at IS NULL", "sealed_keys WHERE purpose = 'handle'"])
            Assert.Equal(0, await Count(database, left));
        Assert.Equal(1, await Count(database, "logout_notices"));
        Assert.Equal(1, await Count(database, "refresh_tokens"));
        Assert.Equal(1, await Count(database, "audit WHERE action = 'installation.restored' AND actor = 'operator'"));
        Assert.NotEqual(0, await Count(database, "sealed_keys"));
    }

    [Fact]
    public async Task When_nothing_has_happened_since_everybody_stays_signed_in()
    {
        await BackedUp();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await _elsewhere.Json("restore", "--from", From, "--nothing-since")).GetProperty("ended").ValueKind);
        await using var database = new SqliteDatabase(Path.Combine(_elsewhere.Data, "gapura.db"));
        Assert.Equal(1, await Count(database, "grants WHERE revoked_at IS NULL"));
        Assert.Equal(1, await Count(database, "sealed_keys WHERE purpose = 'handle'"));
    }

    [Fact]
    public async Task That_nothing_has_happened_is_not_believed_of_a_backup_beside_a_running_server()
    {
        await Installed();
        await using (new SqliteDatabase(Path.Combine(_operator.Data, "gapura.db"))) await _operator.Json("backup", "--to", From);
        (await _elsewhere.Run("restore", "--from", From, "--nothing-since")).IsRefused("the server was running", "Nothing was changed");
        Assert.False(Directory.Exists(_elsewhere.Data));
    }

    [Fact]
    public async Task An_installation_in_the_way_is_left_alone_unless_it_may_be_laid_aside()
    {
        await BackedUp();
        await _operator.AddAccount("datangkemudian");
        (await _operator.Run("restore", "--from", From)).IsRefused("There is an installation already", "--replace");
        Assert.Equal(2, (await _operator.Json("account", "list")).GetArrayLength());
        var aside = (await _operator.Json("restore", "--from", From, "--replace")).GetProperty("aside").GetString()!;
        Assert.Equal(1, (await _operator.Json("account", "list")).GetArrayLength());
        Assert.Matches("replaced-[0-9]{8}T[0-9]{6}Z$", aside);
        Assert.Equal(["gapura.db", "master.key"], Directory.GetFiles(aside).Select(Path.GetFileName).Order());
        await using var old = new SqliteDatabase(Path.Combine(aside, "gapura.db"));
        Assert.Equal(2, await Count(old, "accounts"));
    }

    [Fact]
    public async Task While_somebody_has_the_database_open_nothing_is_restored()
    {
        await BackedUp();
        await using (new SqliteDatabase(Path.Combine(_operator.Data, "gapura.db")))
            (await _operator.Run("restore", "--from", From, "--replace")).IsRefused("in use", "stop the server");
        Assert.Equal(0, (await _operator.Run("restore", "--from", From, "--replace")).Code);
    }

    [Theory]
    [InlineData("gapura.db")]
    [InlineData("master.key")]
    public async Task A_file_that_is_not_what_it_was_is_refused(string name)
    {
        await BackedUp();
        await using (var file = new FileStream(Path.Combine(From, name), FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = file.Length / 2;
            var value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ 1));
        }

        await IsRefused(name, "SHA-256");
    }

    [Theory]
    [InlineData("gapura.db")]
    [InlineData("master.key")]
    [InlineData("manifest.json")]
    public async Task A_missing_file_is_named(string name)
    {
        await BackedUp();
        File.Delete(Path.Combine(From, name));
        await IsRefused(name);
    }

    [Fact]
    public async Task A_form_of_backup_from_later_is_refused()
    {
        await BackedUp();
        await Change(m => m["format"] = 2);
        await IsRefused("version that made it");
    }

    [Fact]
    public async Task Tables_from_later_are_refused()
    {
        await BackedUp();
        await Change(m => m["migrations"]!.AsArray().Add(new JsonObject { ["number"] = Migrations.Newest + 1, ["name"] = "later", ["hash"] = "" }));
        await IsRefused("newer one");
    }

    [Fact]
    public async Task Fewer_rows_than_were_counted_are_noticed()
    {
        await BackedUp();
        await Change(m => m["tables"]!["accounts"] = 2);
        await IsRefused("accounts", "2 rows");
    }

    [Fact]
    public async Task A_key_from_the_settings_must_open_what_is_sealed()
    {
        await BackedUp();
        Directory.CreateDirectory(_elsewhere.Data);
        await File.WriteAllTextAsync(Path.Combine(_elsewhere.Data, "gapura.json"), $$"""{"MasterKey":"{{new string('d', 64)}}"}""");
        (await _elsewhere.Run("restore", "--from", From)).IsRefused("master key does not open");
        Assert.Equal(["gapura.json"], Directory.GetFiles(_elsewhere.Data).Select(Path.GetFileName).Where(f => f != "gapura.db-lock"));
        var key = (await File.ReadAllTextAsync(Path.Combine(_operator.Data, "master.key"))).Trim();
        await File.WriteAllTextAsync(Path.Combine(_elsewhere.Data, "gapura.json"), $$"""{"MasterKey":"{{key}}"}""");
        Assert.Equal("the setting MasterKey", (await _elsewhere.Json("restore", "--from", From)).GetProperty("masterKey").GetString());
        Assert.False(File.Exists(Path.Combine(_elsewhere.Data, "master.key")));
    }

    private static async Task<long> Count(SqliteDatabase database, string from) => await database.Read(sql => sql.Value<long>($"SELECT COUNT(*) FROM {from}"), Ct);

    private async Task Change(Action<JsonNode> change)
    {
        var path = Path.Combine(From, "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        change(manifest);
        await File.WriteAllTextAsync(path, manifest.ToJsonString());
    }

    private async Task IsRefused(params string[] words)
    {
        (await _elsewhere.Run("restore", "--from", From)).IsRefused([.. words, "Nothing was changed"]);
        Assert.DoesNotContain(Directory.Exists(_elsewhere.Data) ? Directory.GetFiles(_elsewhere.Data) : [], f => !f.EndsWith("-lock", StringComparison.Ordinal));
    }

    private async Task BackedUp()
    {
        await Installed();
        await _operator.Json("backup", "--to", From);
    }

    // One of everything that must not go on after a restore.
    private async Task Installed()
    {
        await _operator.AddPlatform();
        await _operator.AddAccount();
        await _operator.Json("signing-key", "rotate");
        await _operator.Json("registration-token", "issue", "--company", "PT Mitra", "--uses", "3", "--expires-in", "7d");
        await using var database = new SqliteDatabase(Path.Combine(_operator.Data, "gapura.db"));
        var id = await database.Read(sql => sql.Value<string>("SELECT id FROM accounts"), Ct);
        var master = MasterKey.Load(null, Path.Combine(_operator.Data, "master.key"));
        await new HandleKeys(database, master, new Revisions(database), TimeProvider.System).RotateWhenDue(Ct);
        await database.Write(async sql =>
        {
            await sql.Execute("""UPDATE platforms SET client = '{"backchannel_logout_uri":"https://tautauberes.id/out"}'""");
            await sql.Execute("INSERT INTO sessions (hash, account_id, signed_in_at, expires_at, id) VALUES (x'01', @id, 1, 9000000000000, 's')", new { id });
            await sql.Execute("INSERT INTO grants (id, account_id, client_id, door, granted_at, scope, session_id) VALUES ('g', @id, 'tautauberes', 'OpenId', 1, 'openid', 's')", new { id });
            await sql.Execute("INSERT INTO refresh_tokens (hash, grant_id, issued_at, expires_at) VALUES (x'02', 'g', 1, 9000000000000)");
            await sql.Execute("INSERT INTO authorization_codes (hash, grant_id, holder, signed_in_at, amr, acr, expires_at) VALUES (x'03', 'g', 'Client', 1, '', '', 9000000000000)");
            await sql.Execute("INSERT INTO device_codes (hash, user_code_hash, client_id, scope, opened_at, expires_at, state, poll_interval, next_poll_at) VALUES (x'04', x'05', 'tautauberes', '', 1, 9000000000000, 'Waiting', 5, 1)");
            await sql.Execute("INSERT INTO backchannel_requests (hash, id, client_id, account_id, scope, acr_values, opened_at, expires_at, delivery, state, poll_interval, next_poll_at, call_tries) VALUES (x'06', 'b', 'tautauberes', @id, '', '', 1, 9000000000000, 'Poll', 'Waiting', 5, 1, 0)", new { id });
        }, Ct);
    }
}

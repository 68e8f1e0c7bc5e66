using Gapura.Accounts;
using Gapura.Hosting;
using Gapura.Hosting.Commands;
using Gapura.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class AccountCommandTests : IDisposable
{
    private static readonly string[] Valid =
    [
        "account", "add", "--username", "CobaJualan", "--name", "Coba Jualan", "--email", "coba@example.id", "--phone", "+628123456789",
        "--npwp", "018263453454543", "--password", "kapal besar sekali",
    ];

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task An_account_is_added_and_its_password_is_never_kept()
    {
        var added = await _operator.Json(Valid);
        Assert.Equal("cobajualan", added.GetProperty("username").GetString());
        Assert.Equal("Coba Jualan", added.GetProperty("name").GetString());
        Assert.Equal("coba@example.id", added.GetProperty("email").GetString());
        Assert.Equal("+628123456789", added.GetProperty("phone").GetString());
        Assert.Equal("018263453454543", added.GetProperty("npwp").GetString());
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", added.GetProperty("id").GetString());
        Assert.False(added.TryGetProperty("passwordHash", out _));
        Assert.False(_operator.Stores("kapal besar sekali"));
        Assert.True(_operator.Stores("cobajualan"));
        Assert.Equal($"[{added.GetRawText()}]", (await _operator.Json("account", "list")).GetRawText());
        Assert.True(await PasswordIs("kapal besar sekali"));
    }

    [Theory]
    [InlineData("--username", "-coba", "User name")]
    [InlineData("--username", "coba jualan", "User name")]
    [InlineData("--name", "", "name")]
    [InlineData("--email", "coba", "e-mail")]
    [InlineData("--phone", "08123456789", "+62")]
    [InlineData("--npwp", "01.826.345.3-454.543", "15 or 16 digits")]
    [InlineData("--npwp", "1234", "15 or 16 digits")]
    [InlineData("--password", "pendek7", "at least 8")]
    [InlineData("--password", "Password123", "guessed first")]
    [InlineData("--password", "bismillah", "guessed first")]
    [InlineData("--password", "cobajualan", "guessed first")]
    public Task One_bad_value_is_named_and_nothing_is_made(string option, string value, string words) => _operator.IsRefusedWith(Valid, option, value, words);

    [Fact]
    public async Task A_user_name_is_taken_once_whatever_its_capitals()
    {
        await _operator.Json(Valid);
        (await _operator.Run("account", "add", "--username", "COBAJUALAN", "--name", "Other", "--password", "kapal lain sekali")).IsRefused("already");
        Assert.Equal(1, (await _operator.Json("account", "list")).GetArrayLength());
        Assert.True(await PasswordIs("kapal besar sekali"));
    }

    [Fact]
    public async Task A_password_is_piped_in_without_its_line_end()
    {
        var said = await _operator.RunWith("sandi dari pipa\n", "account", "add", "--username", "cobajualan", "--name", "Coba", "--password-stdin");
        Assert.Equal(0, said.Code);
        Assert.DoesNotContain("sandi dari pipa", said.Output, StringComparison.Ordinal);
        Assert.True(await PasswordIs("sandi dari pipa"));
    }

    [Fact]
    public async Task A_terminal_asks_for_the_password_twice()
    {
        using var op = new Operator { Typed = new(["kapal besar sekali", "kapal besar sekali", "kapal satu", "kapal dua"]) };
        var added = await op.Run("account", "add", "--username", "cobajualan", "--name", "Coba");
        Assert.Equal(0, added.Code);
        Assert.DoesNotContain("kapal", added.Output + added.Error, StringComparison.Ordinal);
        var differing = await op.Run("account", "set-password", "cobajualan");
        Assert.Equal(1, differing.Code);
        Assert.Contains("not the same", differing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_the_password_must_be_said() =>
        (await _operator.Run("account", "add", "--username", "cobajualan", "--name", "Coba")).IsNotUnderstood("--password-stdin");

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        await _operator.AddAccount();
        await _operator.Json("account", "set-password", "CobaJualan", "--password", "perahu kecil sekali");
        Assert.True(await PasswordIs("perahu kecil sekali"));
        Assert.False(await PasswordIs("kapal besar sekali"));
        (await _operator.Run("account", "set-password", "cobajualan", "--password", "12345678")).IsRefused("guessed first");
        Assert.True(await PasswordIs("perahu kecil sekali"));
        (await _operator.Run("account", "set-password", "nobody", "--password", "perahu kecil sekali")).IsRefused("'nobody'");
    }

    [Fact]
    public async Task Disabling_ends_grants_and_sessions_and_doing_it_twice_is_the_same()
    {
        var id = (await _operator.AddAccount()).GetProperty("id").GetString()!;
        await _operator.AddPlatform();
        await SignIn(id);
        var once = await _operator.Json("account", "disable", "cobajualan");
        Assert.NotNull(once.GetProperty("disabledAt").GetString());
        Assert.Equal((1L, 0L), await Open(id));
        Assert.Equal(once.GetRawText(), (await _operator.Json("account", "disable", "--username", "cobajualan")).GetRawText());

        // Enabled again, what was ended stays ended.
        Assert.Null((await _operator.Json("account", "enable", "cobajualan")).GetProperty("disabledAt").GetString());
        Assert.Equal((1L, 0L), await Open(id));
    }

    [Fact]
    public async Task A_new_password_signs_out_when_told_to()
    {
        var id = (await _operator.AddAccount()).GetProperty("id").GetString()!;
        await _operator.AddPlatform();
        await SignIn(id);
        await _operator.Json("account", "set-password", "cobajualan", "--password", "perahu kecil sekali");
        Assert.Equal((0L, 1L), await Open(id));
        await _operator.Json("account", "set-password", "cobajualan", "--password", "perahu kecil sekali", "--sign-out");
        Assert.Equal((1L, 0L), await Open(id));
    }

    [Fact]
    public async Task An_unknown_account_is_refused()
    {
        await _operator.AddAccount();
        (await _operator.Run("account", "disable", "nobody")).IsRefused("'nobody'", "account list");
    }

    private Task<OpenInstallation> Installation() => OpenInstallation.Existing(Settings.Read(_operator.Data, []), TimeProvider.System, CancellationToken.None);

    private async Task<bool> PasswordIs(string password)
    {
        await using var here = await Installation();
        var found = await here.Get<AccountRegister>().Find("cobajualan", CancellationToken.None);
        return await here.Get<Passwords>().Verify(password, found!.Value.PasswordHash, CancellationToken.None) == PasswordMatch.Yes;
    }

    private async Task SignIn(string accountId)
    {
        await using var here = await Installation();
        await here.Database.Write(async sql =>
        {
            await here.Get<Grants>().Add(sql, new Grant { Id = "g1", AccountId = accountId, ClientId = "tautauberes", Door = Door.Seamless, GrantedAt = TimeProvider.System.GetUtcNow() });
            await sql.Execute("INSERT INTO sessions (hash, account_id, signed_in_at, expires_at) VALUES (@hash, @accountId, 1, 9999999999999)", new { hash = new byte[32], accountId });
        }, CancellationToken.None);
    }

    private async Task<(long RevokedGrants, long Sessions)> Open(string accountId)
    {
        await using var here = await Installation();
        return await here.Database.Read(async sql => (
            await sql.Value<long>("SELECT COUNT(*) FROM grants WHERE account_id = @accountId AND revoked_at IS NOT NULL", new { accountId }),
            await sql.Value<long>("SELECT COUNT(*) FROM sessions WHERE account_id = @accountId", new { accountId })), CancellationToken.None);
    }
}

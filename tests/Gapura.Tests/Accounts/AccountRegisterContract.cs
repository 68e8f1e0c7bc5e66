using Gapura.Accounts;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Accounts;

public abstract class AccountRegisterContract(Store store) : StoreContract(store)
{
    private AccountRegister Accounts => field ??= new AccountRegister(Database, Clock);

    [Fact]
    public async Task Everything_about_it_is_kept()
    {
        var full = Seed.Account("coba", Clock);
        var bare = Seed.Account("polos", Clock) with { Email = null, Phone = null, Npwp = null };
        Assert.True(await Accounts.TryAdd(full, "hash", Ct));
        Assert.True(await Accounts.TryAdd(bare, null, Ct));
        Assert.Equal((full, "hash"), await Accounts.Find("coba", Ct));
        Assert.Equal((bare, null), await Accounts.Find("polos", Ct));
        Assert.Equal(full, await Accounts.Active(full.Id, Ct));
        Assert.Equal([full, bare], await Accounts.List(Ct));
        Assert.Null(await Accounts.Active("unknown", Ct));
        Assert.Null(await Accounts.Find("unknown", Ct));
    }

    [Fact]
    public async Task A_user_name_is_taken_once_even_by_64_at_once()
    {
        var added = await AtOnce.Run(64, i => Accounts.TryAdd(Seed.Account("coba", Clock) with { Name = $"{i}" }, null, Ct));
        var winner = Assert.Single(added.Index(), a => a.Item).Index;
        Assert.Equal($"{winner}", (await Accounts.Find("coba", Ct))!.Value.Account.Name);
        Assert.Single(await Accounts.List(Ct));
    }

    [Theory]
    [InlineData("coba")]
    [InlineData("Coba")]
    [InlineData(" COBA ")]
    public async Task Found_however_it_is_typed(string typed)
    {
        await Accounts.TryAdd(Seed.Account("coba", Clock), null, Ct);
        Assert.NotNull(await Accounts.Find(typed, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("co\0ba")]
    [InlineData("\ud800")]
    [InlineData("coba'; DROP TABLE accounts; --")]
    [InlineData("e\u0301")]
    [InlineData("\U0001F600")]
    public async Task What_is_no_user_name_is_nobodys(string typed) => Assert.Null(await Accounts.Find(typed, Ct));

    [Fact]
    public async Task Disabled_it_is_found_but_no_longer_active()
    {
        var account = Seed.Account("coba", Clock);
        await Accounts.TryAdd(account, "hash", Ct);
        Clock.Pass(TimeSpan.FromHours(1));
        await Database.Write(sql => Accounts.Disable(sql, account.Id), Ct);
        Assert.Null(await Accounts.Active(account.Id, Ct));
        Assert.Equal(Clock.Now, (await Accounts.Find("coba", Ct))!.Value.Account.DisabledAt);
        var first = Clock.Now;
        Clock.Pass(TimeSpan.FromHours(1));
        await Database.Write(sql => Accounts.Disable(sql, account.Id), Ct);
        Assert.Equal(first, (await Accounts.Find("coba", Ct))!.Value.Account.DisabledAt);
    }

    [Fact]
    public async Task A_better_hash_replaces_the_one_it_was_made_from_and_no_other()
    {
        var account = Seed.Account("coba", Clock);
        await Accounts.TryAdd(account, "old", Ct);
        Assert.True(await Accounts.TryUpgradePassword(account.Id, "old", "better", Ct));
        await Accounts.SetPassword(account.Id, "changed by its owner", Ct);
        Assert.False(await Accounts.TryUpgradePassword(account.Id, "better", "of the password before", Ct));
        Assert.Equal("changed by its owner", (await Accounts.Find("coba", Ct))!.Value.PasswordHash);
    }
}

public sealed class AccountRegisterOnSqlite(SqliteStore store) : AccountRegisterContract(store), IClassFixture<SqliteStore>;

public sealed class AccountRegisterOnPostgres(PostgresStore store) : AccountRegisterContract(store), IClassFixture<PostgresStore>;

public sealed class AccountTests
{
    [Theory]
    [InlineData("coba", true)]
    [InlineData("coba.jualan+1@example", true)]
    [InlineData("é", true)]
    [InlineData("", false)]
    [InlineData(".coba", false)]
    [InlineData("co ba", false)]
    [InlineData("co\0ba", false)]
    [InlineData("co/ba", false)]
    public void User_names(string text, bool valid) => Assert.Equal(valid, Account.IsUsername(text));

    [Theory]
    [InlineData("018263453454543", true)]
    [InlineData("0182634534545430", true)]
    [InlineData("01826345345454", false)]
    [InlineData("01826345345454300", false)]
    [InlineData("01.826.345.3-454.543", false)]
    [InlineData("٠١٨٢٦٣٤٥٣٤٥٤٥٤٣", false)]
    public void Npwps(string text, bool valid) => Assert.Equal(valid, Account.IsNpwp(text));

    [Theory]
    [InlineData("+628123456789", true)]
    [InlineData("08123456789", false)]
    [InlineData("+08123456789", false)]
    [InlineData("+62 8123456", false)]
    [InlineData("+1234567890123456", false)]
    [InlineData("", false)]
    public void Phones(string text, bool valid) => Assert.Equal(valid, Account.IsPhone(text));

    [Theory]
    [InlineData("a@b.example", true)]
    [InlineData("a@b", true)]
    [InlineData("a@b@c", false)]
    [InlineData("@b", false)]
    [InlineData("a@", false)]
    [InlineData("a b@c", false)]
    [InlineData("a\r\nBcc: x@c", false)]
    public void Emails(string text, bool valid) => Assert.Equal(valid, Account.IsEmail(text));
}

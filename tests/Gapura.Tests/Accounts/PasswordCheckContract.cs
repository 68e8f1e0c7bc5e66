using System.Net;
using Gapura.Accounts;
using Gapura.Kernel;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Accounts;

public abstract class PasswordCheckContract(Store store) : StoreContract(store)
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");
    private static readonly Passwords Passwords = new(Sodium.Load());

    private AccountRegister Accounts => field ??= new AccountRegister(Database, Clock);

    private PasswordCheck Check => field ??= new PasswordCheck(Accounts, Passwords, new Failures(Database, Clock));

    [Fact]
    public async Task The_right_pair_is_right()
    {
        var account = await Add("coba", "rahasia");
        var right = Assert.IsType<PasswordAnswer.Right>(await Try("Coba", "rahasia"));
        Assert.Equal(account, right.Account);
        Assert.NotEmpty(right.Throttles);
    }

    [Fact]
    public async Task Every_wrong_pair_gets_the_same_answer()
    {
        await Add("coba", "rahasia");
        await Accounts.TryAdd(Seed.Account("tanpa", Clock), null, Ct);
        var disabled = await Add("tutup", "rahasia");
        await Database.Write(sql => Accounts.Disable(sql, disabled.Id), Ct);
        foreach (var (username, password) in new[]
        {
            ("coba", "salah"), ("nobody", "rahasia"), ("tanpa", ""), ("tutup", "rahasia"), ("tutup", "salah"), ("", ""), ("co\0ba", "rahasia"), ("\ud800", "\ud800"),
            (new string('a', 201), "rahasia"), ("coba", new string('a', 1025)),
        })
        {
            Assert.Equal(new PasswordAnswer.No(Refusals.WrongPassword), await Try(username, password));
        }
    }

    [Fact]
    public async Task After_ten_wrong_ones_even_the_right_one_waits_and_nobody_waits_alike()
    {
        await Add("coba", "rahasia");
        foreach (var username in new[] { "coba", "nobody" })
        {
            for (var i = 0; i < 10; i++) Assert.Equal(new PasswordAnswer.No(Refusals.WrongPassword), await Try(username, "salah"));
            Assert.Equal(new PasswordAnswer.No(Refusals.TooManyAttempts, TimeSpan.FromMinutes(15)), await Try(username, "rahasia"));
        }

        Assert.IsType<PasswordAnswer.Right>(await Try("coba", "rahasia", "the owner's browser"));
        Clock.Pass(TimeSpan.FromMinutes(15));
        Assert.IsType<PasswordAnswer.Right>(await Try("coba", "rahasia"));
    }

    [Fact]
    public async Task An_old_hash_is_made_anew_by_a_right_password_only()
    {
        Assert.SkipWhen(Passwords.Algorithm.StartsWith("PBKDF2", StringComparison.Ordinal), "libsodium is not on this machine (Debian: libsodium23).");
        using var fallback = new Passwords(null);
        await Accounts.TryAdd(Seed.Account("coba", Clock), await fallback.Hash("rahasia", Ct), Ct);
        await Try("coba", "salah");
        Assert.StartsWith("pbkdf2$", (await Accounts.Find("coba", Ct))!.Value.PasswordHash, StringComparison.Ordinal);
        Assert.IsType<PasswordAnswer.Right>(await Try("coba", "rahasia"));
        Assert.StartsWith("$argon2id$", (await Accounts.Find("coba", Ct))!.Value.PasswordHash, StringComparison.Ordinal);
        Assert.IsType<PasswordAnswer.Right>(await Try("coba", "rahasia"));
    }

    private async Task<Account> Add(string username, string password)
    {
        var account = Seed.Account(username, Clock);
        Assert.True(await Accounts.TryAdd(account, await Passwords.Hash(password, Ct), Ct));
        return account;
    }

    private Task<PasswordAnswer> Try(string username, string password, string? browser = null) => Check.Check(username, password, Home, _ => true, _ => Task.FromResult(browser), Ct);
}

public sealed class PasswordCheckOnSqlite(SqliteStore store) : PasswordCheckContract(store), IClassFixture<SqliteStore>;

public sealed class PasswordCheckOnPostgres(PostgresStore store) : PasswordCheckContract(store), IClassFixture<PostgresStore>;

using System.Diagnostics;
using Gapura.Accounts;
using Xunit;

namespace Gapura.Tests.Accounts;

public sealed class PasswordsTests
{
    private static readonly Sodium? Sodium = Sodium.Load();
    private static readonly Passwords Fallback = new(null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Argon2id_names_its_parameters()
    {
        using var passwords = WithSodium();
        var hash = await passwords.Hash("rahasia", Ct);
        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", hash);
        Assert.NotEqual(hash, await passwords.Hash("rahasia", Ct));
        Assert.Contains("Argon2id", passwords.Algorithm, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rahasia")]
    [InlineData("")]
    [InlineData("kata sandi dengan spasi ")]
    [InlineData("nul\0inside")]
    [InlineData("pässwörd 密码 🔑")]
    public async Task The_right_one_is_right_and_one_character_off_is_wrong(string password)
    {
        using var passwords = WithSodium();
        var hash = await passwords.Hash(password, Ct);
        Assert.Equal(PasswordMatch.Yes, await passwords.Verify(password, hash, Ct));
        foreach (var wrong in new[] { password + "x", "X" + password, password + "\0" })
            Assert.Equal(PasswordMatch.No, await passwords.Verify(wrong, hash, Ct));
    }

    // HMAC fills a short key with zeros: PBKDF2 cannot tell a NUL at the end from none.
    [Theory]
    [InlineData("")]
    [InlineData("pässwörd 密码 🔑")]
    public async Task The_same_without_libsodium(string password)
    {
        var hash = await Fallback.Hash(password, Ct);
        Assert.Equal(PasswordMatch.Yes, await Fallback.Verify(password, hash, Ct));
        Assert.Equal(PasswordMatch.No, await Fallback.Verify(password + "x", hash, Ct));
    }

    [Fact]
    public async Task Without_libsodium_it_is_the_frameworks_pbkdf2()
    {
        var hash = await Fallback.Hash("rahasia", Ct);
        Assert.StartsWith("pbkdf2$", hash, StringComparison.Ordinal);
        Assert.Equal(PasswordMatch.Yes, await Fallback.Verify("rahasia", hash, Ct));
        Assert.Contains("libsodium not found", Fallback.Algorithm, StringComparison.Ordinal);

        // The framework's format: a version byte, then the PRF (2: HMAC-SHA512) and the iterations, four bytes each.
        var bytes = Convert.FromBase64String(hash["pbkdf2$".Length..]);
        Assert.Equal("01" + "00000002" + "00033450", Convert.ToHexString(bytes.AsSpan(0, 9)));
    }

    [Fact]
    public async Task A_hash_of_the_fallback_is_right_but_old_where_libsodium_is()
    {
        using var passwords = WithSodium();
        var old = await Fallback.Hash("rahasia", Ct);
        Assert.Equal(PasswordMatch.YesButOld, await passwords.Verify("rahasia", old, Ct));
        Assert.Equal(PasswordMatch.No, await passwords.Verify("salah", old, Ct));
    }

    [Theory]
    [InlineData("$argon2id$v=19$m=8192,t=2,p=1$EEFiY2RlZmdoaWprbG1ubw$YmFzZTY0IG9mIHRoaXJ0eS10d28gYnl0ZXMhISEhISE")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$")]
    [InlineData("$argon2id$")]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("pbkdf2$AQAAAAI=")]
    public async Task A_hash_that_is_none_fits_no_password(string stored)
    {
        using var passwords = WithSodium();
        foreach (var password in new[] { "", "rahasia", stored }) Assert.Equal(PasswordMatch.No, await passwords.Verify(password, stored, Ct));
    }

    [Fact]
    public async Task A_hash_longer_than_any_of_ours_fits_no_password()
    {
        using var passwords = WithSodium();
        Assert.Equal(PasswordMatch.No, await passwords.Verify("rahasia", await passwords.Hash("rahasia", Ct) + new string('A', 200), Ct));
    }

    [Fact]
    public async Task An_argon2id_hash_without_libsodium_says_what_to_install()
    {
        using var passwords = WithSodium();
        var hash = await passwords.Hash("rahasia", Ct);
        var missing = await Assert.ThrowsAsync<DllNotFoundException>(() => Fallback.Verify("rahasia", hash, Ct));
        Assert.Contains("install libsodium", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_costs_the_same_work_as_somebody(bool sodium)
    {
        using var argon = sodium ? WithSodium() : null;
        var passwords = argon ?? Fallback;
        var hash = await passwords.Hash("rahasia", Ct);
        Assert.Equal(PasswordMatch.No, await passwords.Verify("rahasia", null, Ct));

        // The quickest of each, for machines that do other things. Without the work the ratio is in the thousands.
        var (somebody, nobody) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < 9; i++)
        {
            somebody = Math.Min(somebody, await Time(hash));
            nobody = Math.Min(nobody, await Time(null));
        }

        Assert.InRange(nobody / somebody, 0.4, 2.5);

        async Task<double> Time(string? stored)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(PasswordMatch.No, await passwords.Verify("salah", stored, Ct));
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    [Fact]
    public async Task No_more_at_once_than_there_are_cores_and_all_are_answered()
    {
        using var passwords = WithSodium();
        var hash = await passwords.Hash("rahasia", Ct);
        var matches = await AtOnce.Run(24, i => passwords.Verify(i % 2 == 0 ? "rahasia" : "salah", hash, Ct));
        Assert.Equal(12, matches.Count(m => m == PasswordMatch.Yes));
    }

    private static Passwords WithSodium()
    {
        Assert.SkipWhen(Sodium is null, "libsodium is not on this machine (Debian: libsodium23).");
        return new Passwords(Sodium);
    }
}

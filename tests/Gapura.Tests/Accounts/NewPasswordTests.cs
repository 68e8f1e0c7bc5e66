using Gapura.Accounts;
using Xunit;

namespace Gapura.Tests.Accounts;

public sealed class NewPasswordTests
{
    [Theory]
    [InlineData("kapal besar sekali")]
    [InlineData("perahuku42")]
    [InlineData("密码密码密码密码")]
    [InlineData("gN7!x.2Q")]
    public void A_password_of_ones_own_may_be_used(string password) => Assert.Null(Code(password));

    [Theory]
    [InlineData("", "password_too_short")]
    [InlineData("tujuh77", "password_too_short")]
    [InlineData("🔑🔑🔑🔑🔑🔑🔑", "password_too_short")]
    [InlineData("password", "password_too_common")]
    [InlineData("PassWord", "password_too_common")]
    [InlineData("1234567890", "password_too_common")]
    [InlineData("bismillah", "password_too_common")]
    [InlineData("aaaaaaaaaaaa", "password_too_common")]
    [InlineData("CobaJualan", "password_too_common")]
    [InlineData("cobajualan123", "password_too_common")]
    public void A_password_that_is_guessed_first_is_refused(string password, string code) => Assert.Equal(code, Code(password));

    [Fact]
    public void The_longest_password_is_the_longest_that_can_sign_in()
    {
        var text = string.Concat(Enumerable.Range(0, 1024).Select(i => (char)('a' + i % 26)));
        Assert.Null(Code(text));
        Assert.Equal("password_too_long", Code(text + "x"));
    }

    private static string? Code(string password) => NewPassword.Refuse(password, "CobaJualan")?.Code;
}

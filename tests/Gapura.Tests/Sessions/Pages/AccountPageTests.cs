using System.Net;
using Gapura.Kernel;
using Gapura.Sessions.Pages;
using Xunit;

namespace Gapura.Tests.Sessions.Pages;

public sealed class AccountPageTests
{
    [Fact]
    public async Task Only_the_last_four_digits_of_npwp_are_shown()
    {
        var page = WebUtility.HtmlDecode(await Page(("Npwp", "018263453454543")));

        Assert.Contains("•••••••••••4543", page, StringComparison.Ordinal);
        Assert.DoesNotContain("54543", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_is_revoked_by_a_form_that_names_it()
    {
        var phone = new EnrolledPhone("01jx", "<b>Ibu</b>", new DateTimeOffset(2026, 7, 3, 20, 5, 0, TimeSpan.Zero), null);

        var page = await Page(("Phones", new[] { phone }));

        Assert.Contains("""<input type="hidden" name="device" value="01jx" />""", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Ibu&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("4 Juli 2026, 03.05 WIB", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("siti", "cobajualan", "S")]
    [InlineData(" ", "cobajualan", "C")]
    [InlineData("😀 Budi", "budi", "😀")]
    public void The_initial_is_a_whole_character(string name, string username, string initial) =>
        Assert.Equal(initial, new Person(name, username).Initial);

    private static Task<string> Page(params (string Name, object Value)[] more)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["Language"] = Language.Bahasa,
            ["Nonce"] = "n0nce",
            ["Person"] = new Person("Siti", "cobajualan"),
            ["SignOutAction"] = "/sign-out",
            ["RevokeAction"] = "/account/devices/revoke",
        };
        foreach (var (name, value) in more) parameters[name] = value;
        return Rendered.Page<AccountPage>(parameters);
    }
}

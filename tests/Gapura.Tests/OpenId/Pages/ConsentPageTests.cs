using System.Net;
using Gapura.Kernel;
using Gapura.OpenId;
using Gapura.OpenId.Pages;
using Gapura.Platforms;
using Gapura.Sessions.Pages;
using Gapura.Tests.Sessions.Pages;
using Xunit;

namespace Gapura.Tests.OpenId.Pages;

public sealed class ConsentPageTests
{
    [Fact]
    public async Task The_first_time_everything_is_asked_for_in_one_list()
    {
        var page = await Page(["openid", "npwp"], []);
        Assert.Contains("Situs ini meminta:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("sebelumnya", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_new_stands_apart_from_what_was_allowed_before()
    {
        var page = await Page(["openid", "profile", "npwp"], ["openid", "profile", "email"]);
        var (asked, before) = (page.IndexOf("sekarang juga meminta (baru)", StringComparison.Ordinal), page.IndexOf("sudah Anda izinkan sebelumnya", StringComparison.Ordinal));
        Assert.InRange(page.IndexOf("NPWP Anda", StringComparison.Ordinal), asked, before);
        Assert.True(page.IndexOf("nama dan nama pengguna Anda", StringComparison.Ordinal) > before);
        Assert.DoesNotContain("surel", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_again_for_the_same_says_so()
    {
        var page = await Page(["openid", "npwp"], ["openid", "npwp"]);
        Assert.Contains("sudah pernah Anda izinkan", page, StringComparison.Ordinal);
        Assert.DoesNotContain("baru", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tax_number_is_called_so_and_stands_out() =>
        Assert.Contains("""<li class="tax">NPWP Anda: nomor pajak Anda, seluruh angkanya</li>""", await Page(["openid", "npwp"], []), StringComparison.Ordinal);

    [Fact]
    public void Every_scope_there_is_has_words_of_its_own() =>
        Assert.Equal(Scopes.All.Count, Scopes.All.Select(s => HallTexts.Of(s).Bahasa).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public async Task A_platforms_own_pages_open_in_a_tab_of_their_own_and_say_where_they_lead()
    {
        var links = PlatformLink.Of(new ClientSettings { PolicyUri = "https://app.example.com/privasi?a=1&b=2", TermsUri = "https://legal.example.net/syarat", ClientUri = "https://app.example.com" });
        var page = await Page(["openid"], [], links);
        Assert.Contains("""<a href="https://app.example.com/privasi?a=1&b=2" target="_blank" rel="noopener noreferrer nofollow">Kebijakan privasi <bdi>(app.example.com)</bdi>""", page, StringComparison.Ordinal);
        Assert.Contains("Ketentuan layanan <bdi>(legal.example.net)</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("Tentang situs ini", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/privasi")]
    [InlineData("http://app.example.com/privasi")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://bank.example@evil.example/")]
    [InlineData("https://")]
    [InlineData("https://a b.example/")]
    public void What_is_no_plain_https_address_is_not_shown(string? address) => Assert.Empty(PlatformLink.Of(new ClientSettings { PolicyUri = address, TermsUri = address, ClientUri = address }));

    private static async Task<string> Page(string[] scope, string[] agreed, IReadOnlyList<PlatformLink>? links = null) => WebUtility.HtmlDecode(await Rendered.Page<ConsentPage>(new()
    {
        ["Language"] = Language.Bahasa, ["Nonce"] = "n0nce", ["Platform"] = new AskingPlatform("Aplikasi", "PT Aplikasi", "app.example.com"), ["Person"] = new Person("Siti", "siti"),
        ["Scope"] = scope, ["Agreed"] = agreed, ["Links"] = links ?? [], ["OtherAccountHref"] = "/oauth/authorize",
    }));
}

using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class PlatformCommandTests : IDisposable
{
    private static readonly string[] Valid =
    [
        "platform", "add", "--client-id", "tautauberes", "--name", "TauTauBeres.id", "--company", "TauTauBeres", "--description", "truck operator",
        "--domain", "https://tautauberes.id", "--origin", "https://app.tautauberes.id", "--origin", "http://localhost:5081",
        "--redirect-uri", "https://tautauberes.id/callback", "--resource-api",
    ];

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_platform_is_added_and_shown_whole()
    {
        var added = await _operator.Json(Valid);
        Assert.Equal("tautauberes", added.GetProperty("clientId").GetString());
        Assert.Equal("TauTauBeres.id", added.GetProperty("namaPlatform").GetString());
        Assert.Equal("TauTauBeres", added.GetProperty("namaPerusahaan").GetString());
        Assert.Equal("truck operator", added.GetProperty("deskripsi").GetString());
        Assert.Equal("https://tautauberes.id", added.GetProperty("domain").GetString());
        Assert.Equal(["https://app.tautauberes.id", "http://localhost:5081"], added.GetProperty("origins").EnumerateArray().Select(o => o.GetString()!));
        Assert.Equal(["https://tautauberes.id/callback"], added.GetProperty("redirectUris").EnumerateArray().Select(o => o.GetString()!));
        Assert.True(added.GetProperty("resourceApi").GetBoolean());
        Assert.Null(added.GetProperty("disabledAt").GetString());
        Assert.EndsWith("Z", added.GetProperty("createdAt").GetString(), StringComparison.Ordinal);

        Assert.Equal(added.GetRawText(), (await _operator.Json("platform", "show", "tautauberes")).GetRawText());
        Assert.Equal(added.GetRawText(), (await _operator.Json("platform", "show", "--client-id", "tautauberes")).GetRawText());
        Assert.Equal($"[{added.GetRawText()}]", (await _operator.Json("platform", "list")).GetRawText());
    }

    [Fact]
    public async Task A_description_may_be_left_out() => Assert.Null((await _operator.AddPlatform()).GetProperty("deskripsi").GetString());

    [Fact]
    public async Task A_person_reads_lines_and_tables()
    {
        Assert.Contains("TauTauBeres.id", (await _operator.Run(Valid)).Output, StringComparison.Ordinal);
        Assert.Contains("https://tautauberes.id", (await _operator.Run("platform", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("truck operator", (await _operator.Run("platform", "show", "tautauberes")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--client-id", "tau:tau", "letters")]
    [InlineData("--client-id", "", "letters")]
    [InlineData("--client-id", "\u001b[2Jtau", "?[2Jtau")]
    [InlineData("--name", " ", "name")]
    [InlineData("--company", "a\u0007b", "company")]
    [InlineData("--description", "", "description")]
    [InlineData("--domain", "https://tautauberes.id/", "https://tautauberes.id")]
    [InlineData("--domain", "tautauberes.id", "such as https://tautauberes.id")]
    [InlineData("--domain", "http://tautauberes.id", "http only on localhost")]
    [InlineData("--domain", "https://*.tautauberes.id", "not a web origin")]
    [InlineData("--domain", "null", "not a web origin")]
    [InlineData("--origin", "https://a.id/path", "not a web origin")]
    [InlineData("--redirect-uri", "https://a.id/*", "redirect URI")]
    [InlineData("--redirect-uri", "/callback", "absolute")]
    public Task One_bad_value_is_named_and_nothing_is_made(string option, string value, string words) => _operator.IsRefusedWith(Valid, option, value, words);

    [Fact]
    public async Task A_client_id_is_taken_once()
    {
        var first = await _operator.AddPlatform();
        (await _operator.Run("platform", "add", "--client-id", "tautauberes", "--name", "Other", "--company", "Other", "--domain", "https://other.id")).IsRefused("already");
        Assert.Equal(first.GetRawText(), (await _operator.Json("platform", "show", "tautauberes")).GetRawText());
    }

    [Fact]
    public async Task Disabling_twice_is_the_same_as_once_and_enabling_brings_it_back()
    {
        await _operator.AddPlatform();
        var once = await _operator.Json("platform", "disable", "tautauberes");
        Assert.NotNull(once.GetProperty("disabledAt").GetString());
        Assert.Equal(once.GetRawText(), (await _operator.Json("platform", "disable", "tautauberes")).GetRawText());
        Assert.Contains("disabled", (await _operator.Run("platform", "list")).Output, StringComparison.Ordinal);
        Assert.Null((await _operator.Json("platform", "enable", "tautauberes")).GetProperty("disabledAt").GetString());
        Assert.Null((await _operator.Json("platform", "enable", "tautauberes")).GetProperty("disabledAt").GetString());
    }

    [Theory]
    [InlineData("show")]
    [InlineData("disable")]
    [InlineData("enable")]
    public async Task An_unknown_platform_is_refused(string verb)
    {
        await _operator.AddPlatform();
        (await _operator.Run("platform", verb, "nobody")).IsRefused("'nobody'", "platform list");
    }

    [Fact]
    public async Task A_list_of_none_says_so_and_is_an_empty_array()
    {
        await _operator.AddAccount();
        Assert.Contains("No platform yet", (await _operator.Run("platform", "list")).Output, StringComparison.Ordinal);
        Assert.Equal("[]", (await _operator.Json("platform", "list")).GetRawText());
    }
}

using Gapura.Accounts;
using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class SandboxCommandTests : IDisposable
{
    private static readonly string[] Valid = ["platform", "add", "--sandbox", "--name", "Tau Tau Beres", "--domain", "http://localhost:3000", "--redirect-uri", "http://localhost:3000/cb"];

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task One_command_answers_with_all_that_an_afternoon_needs()
    {
        var made = await _operator.Json(Valid);
        Assert.Equal("tau-tau-beres", made.GetProperty("clientId").GetString());
        Assert.StartsWith("gpk_", made.GetProperty("apiKey").GetString(), StringComparison.Ordinal);
        Assert.Equal(("http://localhost:5080", "http://localhost:5080/sandbox", "http://localhost:5080/developers/refusals"), (made.GetProperty("issuer").GetString(), made.GetProperty("audience").GetString(), made.GetProperty("refusals").GetString()));
        Assert.Contains("/V1/NLE/AuthApiKey", made.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.True(made.GetProperty("platform").GetProperty("sandbox").GetBoolean());
        Assert.Equal("Tau Tau Beres", made.GetProperty("platform").GetProperty("namaPerusahaan").GetString());
        var people = made.GetProperty("people").EnumerateArray().ToList();
        Assert.Equal(["budi.tau-tau-beres", "siti.tau-tau-beres", "wayan.tau-tau-beres"], people.Select(p => p.GetProperty("username").GetString()!));
        Assert.Equal(3, people.Select(p => p.GetProperty("password").GetString()).Distinct().Count());
        Assert.All(people, p => Assert.Null(NewPassword.Refuse(p.GetProperty("password").GetString()!, p.GetProperty("username").GetString()!)));

        // There is no province 99 and no day 00: nobody has such a number.
        Assert.All(people.Take(2), p => Assert.Matches("^99[0-9]{4}0000[0-9]{6}$", p.GetProperty("npwp").GetString()));
        Assert.Null(people[2].GetProperty("npwp").GetString());
        Assert.All((await _operator.Json("account", "list")).EnumerateArray(), a => Assert.True(a.GetProperty("test").GetBoolean()));
        Assert.False(_operator.Stores(made.GetProperty("apiKey").GetString()!));
        Assert.All(people, p => Assert.False(_operator.Stores(p.GetProperty("password").GetString()!)));
    }

    [Fact]
    public async Task A_person_reads_key_people_phone_page_and_the_next_command()
    {
        var said = await _operator.Run(Valid);
        foreach (var words in (string[])["API key", "gpk_", "budi.tau-tau-beres", "gapura phone enrol --server http://localhost:5080 --username budi.tau-tau-beres", "gapura phone approve", "/developers/refusals", "curl -H 'beacukai-api-key: gpk_", "gapura platform promote tau-tau-beres"])
            Assert.Contains(words, said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_id_that_nobody_chose_is_made_different_and_one_that_was_chosen_is_refused()
    {
        var first = await _operator.Json(Valid);
        var second = await _operator.Json(Valid);
        Assert.Matches("^tau-tau-beres-[0-9]{4}$", second.GetProperty("clientId").GetString());
        Assert.NotEqual(first.GetProperty("people")[0].GetProperty("username").GetString(), second.GetProperty("people")[0].GetProperty("username").GetString());
        (await _operator.Run([.. Valid, "--client-id", "tau-tau-beres"])).IsRefused("already; nothing was changed");
        Assert.Equal(6, (await _operator.Json("account", "list")).GetArrayLength());
    }

    [Fact]
    public async Task A_name_of_a_test_person_that_is_taken_has_something_behind_it()
    {
        await _operator.AddAccount("budi.toko");
        var made = await _operator.Json("platform", "add", "--sandbox", "--name", "Toko", "--domain", "http://localhost:3000");
        Assert.Matches(@"^budi\.toko\.[a-z2-9]{4}$", made.GetProperty("people")[0].GetProperty("username").GetString());
    }

    [Theory]
    [InlineData("Tau Tau Beres.id", "tau-tau-beres.id")]
    [InlineData("  Kapal & Laut  ", "kapal-laut")]
    [InlineData("船", "sandbox")]
    [InlineData("...", "sandbox")]
    [InlineData("Sebuah nama platform yang panjang sekali dan tidak ada habisnya", "sebuah-nama-platform-yang-panjang-sekali")]
    public void A_name_suggests_a_client_id(string name, string clientId) => Assert.Equal(clientId, Gapura.Hosting.Commands.Sandboxes.NewSandbox.ClientIdOf(name));

    [Fact]
    public async Task Without_the_word_a_platform_needs_all_it_needed_before() =>
        (await _operator.Run("platform", "add", "--name", "Toko", "--domain", "https://toko.example.com")).IsNotUnderstood("--client-id", "required");

    [Fact]
    public async Task Addresses_are_changed_one_by_one()
    {
        await _operator.AddPlatform();
        var changed = await _operator.Json("platform", "set-addresses", "tautauberes", "--origin", "http://localhost:5173");
        Assert.Equal(("https://tautauberes.id", "http://localhost:5173"), (changed.GetProperty("domain").GetString(), changed.GetProperty("origins")[0].GetString()));
        changed = await _operator.Json("platform", "set-addresses", "tautauberes", "--domain", "https://www.tautauberes.id", "--origin", "");
        Assert.Equal(("https://www.tautauberes.id", 0), (changed.GetProperty("domain").GetString(), changed.GetProperty("origins").GetArrayLength()));
        (await _operator.Run("platform", "set-addresses", "tautauberes", "--domain", "tautauberes.id")).IsRefused("not a web origin");
        (await _operator.Run("platform", "set-addresses", "tautauberes")).IsNotUnderstood("Say what to change");
    }

    [Fact]
    public async Task What_was_refused_is_empty_at_first()
    {
        await _operator.AddPlatform();
        Assert.Equal("[]", (await _operator.Json("platform", "refusals", "tautauberes")).GetRawText());
        Assert.Contains("Nothing was refused", (await _operator.Run("platform", "refusals", "tautauberes")).Output, StringComparison.Ordinal);
    }
}

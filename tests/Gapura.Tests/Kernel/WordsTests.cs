using System.Reflection;
using System.Text.Json;
using Gapura.Kernel;
using Xunit;

namespace Gapura.Tests.Kernel;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, null, null, "id")]
    [InlineData("", "", "", "id")]
    [InlineData("en", "id", "id", "en")] // the platform's word beats all
    [InlineData("id", "en", "en", "id")]
    [InlineData("fr de en id", null, null, "en")] // the first that we speak
    [InlineData("EN-GB", null, null, "en")]
    [InlineData("en_US", null, null, "en")]
    [InlineData("fr", "en", "id", "en")] // none of them: what the person chose
    [InlineData("english", null, null, "id")]
    [InlineData(null, "en", "id", "en")]
    [InlineData(null, "xx", "en", "en")]
    [InlineData(null, null, "en-US,en;q=0.9,id;q=0.8", "en")]
    [InlineData(null, null, "id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", "id")]
    [InlineData(null, null, "en;q=0.2, id;q=0.9", "id")]
    [InlineData(null, null, "fr, en;q=0.1", "en")]
    [InlineData(null, null, "in", "id")] // Java's old tag for Indonesian
    [InlineData(null, null, "en;q=0, fr", "id")] // q=0 means never
    [InlineData(null, null, "fr, *", "id")]
    [InlineData(null, null, ";;;,,,=", "id")]
    public void The_first_that_speaks_wins(string? uiLocales, string? chosen, string? accepted, string tag) =>
        Assert.Equal(tag, Languages.Choose(uiLocales, chosen, accepted).Tag());
}

public sealed class PublicIdTests
{
    [Fact]
    public void It_has_26_characters_of_its_alphabet_and_is_never_made_twice()
    {
        var clock = new FakeClock();
        var ids = Enumerable.Range(0, 10_000).Select(_ => PublicId.New(clock)).ToList();
        Assert.All(ids, id => Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Later_ones_sort_behind_earlier_ones()
    {
        var clock = new FakeClock();
        List<string> ids = [];
        for (var i = 0; i < 2000; i++)
        {
            ids.Add(PublicId.New(clock));
            clock.Pass(TimeSpan.FromMilliseconds(1 + i * i));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }
}

public sealed class SecretTests
{
    [Fact]
    public void It_prints_as_three_stars_wherever_it_is_printed()
    {
        var secret = new Secret("hunter2");
        Assert.Equal("***", secret.ToString());
        Assert.Equal("***", $"{secret}");
        Assert.Equal("***", string.Format("{0}", secret));
        Assert.DoesNotContain("hunter2", new Holder(secret).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(secret), StringComparison.Ordinal);
        Assert.Equal("hunter2", secret.Reveal());
    }

    [Fact]
    public void It_is_equal_to_the_same_text_only()
    {
        Assert.Equal(new Secret("a"), new Secret("a"));
        Assert.True(new Secret("a") == new Secret("a"));
        Assert.True(new Secret("a") != new Secret("A"));
        Assert.Equal(new Secret("a").GetHashCode(), new Secret("a").GetHashCode());
        Assert.Equal("", default(Secret).Reveal());
    }

    [Fact]
    public void A_new_one_is_256_bits_behind_its_prefix_and_never_made_twice()
    {
        var secrets = Enumerable.Range(0, 1000).Select(_ => Secret.New("gpr_").Reveal()).ToList();
        Assert.All(secrets, s => Assert.Matches("^gpr_[A-Za-z0-9_-]{43}$", s));
        Assert.Equal(1000, secrets.Distinct().Count());
    }

    private sealed record Holder(Secret Secret);
}

public sealed class RefusalsTests
{
    [Fact]
    public void Every_one_is_in_the_list_with_a_code_of_its_own_for_each_status_and_both_languages()
    {
        var fields = typeof(Refusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (Refusal)f.GetValue(null)!).ToList();
        Assert.Equal(fields.Order(Comparer<Refusal>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))), Refusals.All.Order(Comparer<Refusal>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
        Assert.Equal(fields.Count, fields.Select(r => (r.Code, r.Status)).Distinct().Count());
        Assert.All(fields, r =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", r.Code);
            Assert.InRange(r.Status, 400, 599);
            Assert.NotEqual(r.In(Language.English), r.In(Language.Bahasa));
            Assert.EndsWith(".", r.English, StringComparison.Ordinal);
            Assert.EndsWith(".", r.Bahasa, StringComparison.Ordinal);
            Assert.NotEmpty(r.Mend);
        });
    }
}

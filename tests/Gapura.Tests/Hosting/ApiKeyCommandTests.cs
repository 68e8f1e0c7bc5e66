using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class ApiKeyCommandTests : IDisposable
{
    private const string Foreign = "3068672a-3c61-4cc4-af1e-1e8bc9831a80";
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_key_is_shown_once_and_never_kept()
    {
        await _operator.AddPlatform();
        var issued = await _operator.Json("api-key", "issue", "--platform", "tautauberes");
        var key = issued.GetProperty("apiKey").GetString()!;
        Assert.Matches("^gpk_[0-9a-f]{16}_[0-9A-Za-z]{32}[0-9a-f]{8}$", key);
        Assert.Equal("tautauberes", issued.GetProperty("clientId").GetString());
        Assert.Null(issued.GetProperty("expiresAt").GetString());
        Assert.Contains(issued.GetProperty("id").GetString()!, key, StringComparison.Ordinal);

        Assert.False(_operator.Stores(key[21..]));
        var listed = await _operator.Run("api-key", "list", "--json");
        Assert.DoesNotContain(key[21..], listed.Output + (await _operator.Run("api-key", "list")).Output, StringComparison.Ordinal);
        var one = listed.Json.EnumerateArray().Single();
        Assert.Equal("live", one.GetProperty("state").GetString());
        Assert.False(one.GetProperty("imported").GetBoolean());
        Assert.False(one.TryGetProperty("hash", out _));
        foreach (var name in (string[])["id", "clientId", "hint", "issuedAt", "expiresAt", "revokedAt", "lastUsedAt"]) Assert.True(one.TryGetProperty(name, out _), name);
    }

    [Theory]
    [InlineData("90d", 90 * 24 * 60)]
    [InlineData("12h", 12 * 60)]
    [InlineData("30m", 30)]
    [InlineData("2w", 14 * 24 * 60)]
    public async Task A_key_expires_when_it_was_told_to(string span, int minutes)
    {
        await _operator.AddPlatform();
        var before = TimeProvider.System.GetUtcNow();
        var expires = (await _operator.Json("api-key", "issue", "--platform", "tautauberes", "--expires-in", span)).GetProperty("expiresAt").GetDateTimeOffset();
        Assert.InRange(expires, before.AddMinutes(minutes).AddSeconds(-1), before.AddMinutes(minutes + 1));
    }

    [Theory]
    [InlineData("90")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("90 d")]
    [InlineData("3661d")]
    [InlineData("99999999999w")]
    public async Task A_span_that_is_none_is_refused(string span)
    {
        await _operator.AddPlatform();
        (await _operator.Run("api-key", "issue", "--platform", "tautauberes", $"--expires-in={span}")).IsRefused("90d");
        Assert.Equal("[]", (await _operator.Json("api-key", "list")).GetRawText());
    }

    [Fact]
    public async Task Two_keys_live_at_once_and_a_third_waits_for_a_revocation()
    {
        await _operator.AddPlatform();
        var first = (await _operator.Json("api-key", "issue", "--platform", "tautauberes")).GetProperty("id").GetString()!;
        await _operator.Json("api-key", "issue", "--platform", "tautauberes");
        (await _operator.Run("api-key", "issue", "--platform", "tautauberes")).IsRefused("two live API keys", "revoke");
        (await _operator.RunWith(Foreign, "api-key", "import", "--platform", "tautauberes")).IsRefused("two live API keys");
        await _operator.Json("api-key", "revoke", first);
        await _operator.Json("api-key", "issue", "--platform", "tautauberes");
    }

    [Fact]
    public async Task An_expired_key_makes_room()
    {
        var time = new SetTime();
        using var op = new Operator { Time = time };
        await op.AddPlatform();
        await op.Json("api-key", "issue", "--platform", "tautauberes", "--expires-in", "1h");
        await op.Json("api-key", "issue", "--platform", "tautauberes");
        time.Now += TimeSpan.FromHours(2);
        Assert.Contains("expired", (await op.Json("api-key", "list")).EnumerateArray().Select(k => k.GetProperty("state").GetString()));
        await op.Json("api-key", "issue", "--platform", "tautauberes");
    }

    [Fact]
    public async Task Revoking_twice_is_the_same_as_once()
    {
        await _operator.AddPlatform();
        var id = (await _operator.Json("api-key", "issue", "--platform", "tautauberes")).GetProperty("id").GetString()!;
        var once = await _operator.Json("api-key", "revoke", id);
        Assert.Equal("revoked", once.GetProperty("state").GetString());
        Assert.Equal(once.GetRawText(), (await _operator.Json("api-key", "revoke", "--id", id)).GetRawText());
    }

    [Fact]
    public async Task An_unknown_key_or_platform_is_refused()
    {
        await _operator.AddPlatform();
        (await _operator.Run("api-key", "revoke", "0000000000000000")).IsRefused("api-key list");
        (await _operator.Run("api-key", "issue", "--platform", "nobody")).IsRefused("'nobody'");
        (await _operator.Run("api-key", "list", "--platform", "nobody")).IsRefused("'nobody'");
    }

    [Fact]
    public async Task A_foreign_key_is_imported_from_standard_input_or_an_option_and_never_kept()
    {
        await _operator.AddPlatform();
        var said = await _operator.RunWith(Foreign + "\n", "api-key", "import", "--platform", "tautauberes", "--json");
        Assert.True(said.Json.GetProperty("imported").GetBoolean());
        Assert.DoesNotContain(Foreign, said.Output, StringComparison.Ordinal);
        Assert.False(_operator.Stores(Foreign));
        await _operator.Json("api-key", "import", "--platform", "tautauberes", "--key", "0a4e9bfe-77c6-4d6d-a8d2-1c0c6c7c9d11");
        Assert.Equal(2, (await _operator.Json("api-key", "list", "--platform", "tautauberes")).GetArrayLength());
    }

    [Fact]
    public async Task A_terminal_is_asked_for_the_key()
    {
        using var op = new Operator { Typed = new([Foreign]) };
        await op.AddPlatform();
        var said = await op.Run("api-key", "import", "--platform", "tautauberes");
        Assert.Equal((0, "API key: \n"), (said.Code, said.Error));
    }

    [Fact]
    public async Task A_key_serves_one_platform_once()
    {
        await _operator.AddPlatform();
        await _operator.AddPlatform("other");
        await _operator.Json("api-key", "import", "--platform", "tautauberes", "--key", Foreign);
        (await _operator.Run("api-key", "import", "--platform", "tautauberes", "--key", Foreign)).IsRefused("known already");
        (await _operator.Run("api-key", "import", "--platform", "other", "--key", Foreign)).IsRefused("known already", "'tautauberes'");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("has a space in the middle of it")]
    [InlineData("kunci-dengan-é-di-dalamnya")]
    [InlineData("gpk_1a98f32733b5d378_1KQ0pof75WmasFQSC1y409a3eH85Tw3Y977dc749")]
    public async Task A_key_that_is_weak_or_mistyped_is_not_imported(string key)
    {
        await _operator.AddPlatform();
        (await _operator.Run("api-key", "import", "--platform", "tautauberes", "--key", key)).IsRefused("key");
        Assert.Equal("[]", (await _operator.Json("api-key", "list")).GetRawText());
    }

    [Fact]
    public async Task An_empty_standard_input_is_no_key()
    {
        await _operator.AddPlatform();
        (await _operator.Run("api-key", "import", "--platform", "tautauberes")).IsNotUnderstood("standard input");
    }
}

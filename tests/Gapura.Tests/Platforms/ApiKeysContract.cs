using System.Text;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Platforms;

public abstract class ApiKeysContract(Store store) : StoreContract(store)
{
    [Fact]
    public async Task An_issued_key_speaks_for_its_platform_from_the_next_look_on()
    {
        var node = await Node();
        var (stored, key) = (await node.Keys.Issue("ttb", null, Ct))!.Value;
        Assert.Null(node.Keys.Verify(key.Reveal()));
        await node.Follow();
        var live = node.Keys.Verify(key.Reveal())!.Value;
        Assert.Equal((stored.Id, "ttb"), (live.Key.Id, live.Platform.ClientId));
        Assert.Equal(stored.Id, node.Keys.Live(stored.Id)!.Value.Key.Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gpk_0000000000000000_0000000000000000000000000000000000000000")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    public async Task Anything_else_speaks_for_nobody(string? presented)
    {
        var node = await Node();
        var (stored, key) = (await node.Keys.Issue("ttb", null, Ct))!.Value;
        await node.Follow();
        Assert.Null(node.Keys.Verify(presented));
        Assert.Null(node.Keys.Verify(key.Reveal() + presented + " "));
        Assert.Null(node.Keys.Verify(key.Reveal()[..^1]));
        Assert.Null(node.Keys.Verify(key.Reveal().ToUpperInvariant()));
        Assert.Null(node.Keys.Verify(stored.Id));
        Assert.Null(node.Keys.Live(key.Reveal()));
    }

    [Fact]
    public async Task A_revocation_on_another_node_is_obeyed_after_the_next_look()
    {
        var (here, there) = (await Node(), await Node(await OpenAgain()));
        var (stored, key) = (await here.Keys.Issue("ttb", null, Ct))!.Value;
        await there.Follow();
        Assert.NotNull(there.Keys.Verify(key.Reveal()));
        Assert.True(await here.Keys.Revoke(stored.Id, Ct));
        Assert.False(await here.Keys.Revoke(stored.Id, Ct));
        Assert.False(await here.Keys.Revoke("unknown", Ct));
        await there.Follow();
        Assert.Null(there.Keys.Verify(key.Reveal()));
        Assert.Null(there.Keys.Live(stored.Id));
    }

    [Fact]
    public async Task A_disabled_platforms_keys_are_silent_until_it_is_enabled_again()
    {
        var node = await Node();
        var (_, key) = (await node.Keys.Issue("ttb", null, Ct))!.Value;
        await node.Platforms.SetDisabled("ttb", disabled: true, Ct);
        await node.Follow();
        Assert.Null(node.Keys.Verify(key.Reveal()));
        await node.Platforms.SetDisabled("ttb", disabled: false, Ct);
        await node.Follow();
        Assert.NotNull(node.Keys.Verify(key.Reveal()));
    }

    [Fact]
    public async Task It_expires_to_the_millisecond_without_another_look()
    {
        var node = await Node();
        var (_, key) = (await node.Keys.Issue("ttb", Clock.Now.AddDays(90), Ct))!.Value;
        await node.Follow();
        Clock.Pass(TimeSpan.FromDays(90) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(node.Keys.Verify(key.Reveal()));
        Clock.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(node.Keys.Verify(key.Reveal()));
    }

    [Fact]
    public async Task Two_are_live_at_once_and_a_third_waits_for_one_to_go()
    {
        var node = await Node();
        var first = await node.Keys.Issue("ttb", null, Ct);
        Assert.NotNull(await node.Keys.Issue("ttb", Clock.Now.AddDays(1), Ct));
        Assert.Null(await node.Keys.Issue("ttb", null, Ct));
        Assert.Null(await node.Keys.Import("ttb", new Secret("b3e2f0a4-0d0c-4b8e-9f62-0f1f4c2a9d11"), null, Ct));
        await node.Keys.Revoke(first!.Value.Stored.Id, Ct);
        Assert.NotNull(await node.Keys.Issue("ttb", null, Ct));
        Assert.Null(await node.Keys.Issue("ttb", null, Ct));
        Clock.Pass(TimeSpan.FromDays(1));
        Assert.NotNull(await node.Keys.Issue("ttb", null, Ct));
    }

    [Fact]
    public async Task Two_are_live_at_once_even_when_16_are_asked_for_at_once()
    {
        var (here, there) = (await Node(), await Node(await OpenAgain()));
        for (var round = 0; round < 5; round++)
        {
            await here.Platforms.TryAdd(Seed.Platform($"p{round}", Clock), Ct);
            var issued = await AtOnce.Run(16, i => (i % 2 == 0 ? here : there).Keys.Issue($"p{round}", null, Ct));
            Assert.Equal(2, issued.Count(k => k is not null));
        }
    }

    [Fact]
    public async Task A_key_of_another_system_is_brought_along_once()
    {
        var node = await Node();
        var uuid = new Secret("b3e2f0a4-0d0c-4b8e-9f62-0f1f4c2a9d11");
        var stored = await node.Keys.Import("ttb", uuid, Clock.Now.AddDays(30), Ct);
        Assert.True(stored!.IsImported);
        Assert.Equal("b3e2f0…", stored.Hint);
        Assert.Matches("^[0-9a-f]{16}$", stored.Id);
        Assert.Null(await node.Keys.Import("ttb", uuid, null, Ct));
        await node.Platforms.TryAdd(Seed.Platform("other", Clock), Ct);
        Assert.Null(await node.Keys.Import("other", uuid, null, Ct));
        await node.Follow();
        Assert.Equal("ttb", node.Keys.Verify("b3e2f0a4-0d0c-4b8e-9f62-0f1f4c2a9d11")!.Value.Platform.ClientId);
    }

    [Fact]
    public async Task No_key_at_all_is_never_brought_along()
    {
        var node = await Node();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => node.Keys.Import("ttb", new Secret(""), null, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => node.Keys.Import("ttb", new Secret("12345"), null, Ct));
    }

    [Fact]
    public async Task Last_uses_are_written_down_when_it_sweeps()
    {
        var node = await Node();
        var (stored, key) = (await node.Keys.Issue("ttb", null, Ct))!.Value;
        var idle = (await node.Keys.Issue("ttb", null, Ct))!.Value.Stored;
        await node.Follow();
        Clock.Pass(TimeSpan.FromMinutes(3));
        for (var i = 0; i < 5; i++) node.Keys.Verify(key.Reveal());
        var used = Clock.Now;
        Clock.Pass(TimeSpan.FromMinutes(1));
        await node.Keys.Sweep(Clock.Now, Ct);
        var listed = (await node.Keys.List(Ct)).ToDictionary(k => k.Id);
        Assert.Equal(used, listed[stored.Id].LastUsedAt);
        Assert.Null(listed[idle.Id].LastUsedAt);
    }

    [Fact]
    public async Task The_database_never_holds_one_in_the_clear()
    {
        var node = await Node();
        var (stored, key) = (await node.Keys.Issue("ttb", null, Ct))!.Value;
        Assert.Equal(key.Hash(), stored.Hash);
        var row = await Database.Read(sql => sql.Row<ApiKeyRow>(ApiKeyRow.Select), Ct);
        Assert.Equal(key.Hash(), row!.Hash);
        var said = string.Join('|', row.Id, row.ClientId, row.Hint, Encoding.Latin1.GetString(row.Hash));
        Assert.DoesNotContain(key.Reveal()[21..], said, StringComparison.Ordinal);
        Assert.Equal(20, row.Hint.Length);
    }

    private async Task<(PlatformRegister Platforms, ApiKeys Keys, Func<Task> Follow)> Node(Database? database = null)
    {
        var revisions = new Revisions(database ?? Database);
        var platforms = new PlatformRegister(database ?? Database, revisions, Clock);
        var keys = new ApiKeys(database ?? Database, platforms, revisions, Clock);
        await platforms.TryAdd(Seed.Platform("ttb", Clock), Ct);
        await Follow();
        return (platforms, keys, Follow);

        async Task Follow()
        {
            await platforms.Refresh(Ct);
            await keys.Refresh(Ct);
        }
    }
}

public sealed class ApiKeysOnSqlite(SqliteStore store) : ApiKeysContract(store), IClassFixture<SqliteStore>;

public sealed class ApiKeysOnPostgres(PostgresStore store) : ApiKeysContract(store), IClassFixture<PostgresStore>;

public sealed class ApiKeyTextTests
{
    [Fact]
    public void It_has_its_documented_form_and_carries_its_id()
    {
        for (var i = 0; i < 200; i++)
        {
            var (id, key) = ApiKeyText.New();
            Assert.Matches($"^gpk_{id}_[0-9A-Za-z]{{32}}[0-9a-f]{{8}}$", key.Reveal());
            Assert.False(ApiKeyText.IsMistyped(key.Reveal()));
        }
    }

    [Fact]
    public void Any_one_wrong_character_is_noticed_offline()
    {
        var key = ApiKeyText.New().Key.Reveal();
        for (var i = 4; i < key.Length; i++)
            Assert.True(ApiKeyText.IsMistyped(key[..i] + (key[i] == 'a' ? 'b' : 'a') + key[(i + 1)..]));
        Assert.True(ApiKeyText.IsMistyped(key[..^1]));
        Assert.True(ApiKeyText.IsMistyped(key + "0"));
        Assert.True(ApiKeyText.IsMistyped("gpk_"));
        Assert.True(ApiKeyText.IsMistyped(key.Replace(key[30..32], $"{key[31]}{key[30]}", StringComparison.Ordinal)) || key[30] == key[31]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("b3e2f0a4-0d0c-4b8e-9f62-0f1f4c2a9d11")]
    [InlineData("GPK_")]
    public void Keys_of_other_systems_are_not_judged(string text) => Assert.False(ApiKeyText.IsMistyped(text));
}

using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class SigningKeyCommandTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_rotation_publishes_first_and_signs_later_unless_told_otherwise()
    {
        await _operator.AddPlatform();
        Assert.Equal("[]", (await _operator.Json("signing-key", "list")).GetRawText());
        Assert.Contains("No signing key yet", (await _operator.Run("signing-key", "list")).Output, StringComparison.Ordinal);

        var first = await _operator.Json("signing-key", "rotate");
        Assert.Equal("signing", first.GetProperty("state").GetString());
        Assert.Equal(43, first.GetProperty("id").GetString()!.Length);
        var second = await _operator.Json("signing-key", "rotate");
        Assert.Equal("published", second.GetProperty("state").GetString());
        Assert.InRange(second.GetProperty("usedFrom").GetDateTimeOffset() - second.GetProperty("createdAt").GetDateTimeOffset(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));
        Assert.Equal(["signing", "published"], await States());

        var third = await _operator.Json("signing-key", "rotate", "--at-once");
        Assert.Equal("signing", third.GetProperty("state").GetString());
        Assert.Equal("verifying", (await States())[0]);
    }

    [Fact]
    public async Task Private_keys_are_not_shown()
    {
        await _operator.AddPlatform();
        await _operator.Json("signing-key", "rotate");
        Assert.Equal(["id", "state", "createdAt", "usedFrom"], (await _operator.Json("signing-key", "list"))[0].EnumerateObject().Select(p => p.Name));
    }

    private async Task<string[]> States() => [.. (await _operator.Json("signing-key", "list")).EnumerateArray().Select(k => k.GetProperty("state").GetString()!)];
}

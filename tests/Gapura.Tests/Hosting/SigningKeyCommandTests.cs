using System.Text.Json;
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

        var first = await Rotate();
        Assert.Equal(["signing", "signing"], first.Select(k => Text(k, "state")));
        Assert.Equal(["ES256", "RS256"], first.Select(k => Text(k, "algorithm")));
        Assert.All(first, k => Assert.Equal(43, Text(k, "id").Length));
        var second = await Rotate();
        Assert.Equal(["published", "published"], second.Select(k => Text(k, "state")));
        Assert.All(second, k => Assert.InRange(k.GetProperty("usedFrom").GetDateTimeOffset() - k.GetProperty("createdAt").GetDateTimeOffset(), TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(21)));
        Assert.Equal(["ES256 signing", "ES256 published", "RS256 signing", "RS256 published"], await States());

        var third = Assert.Single(await Rotate("--at-once", "--algorithm", "RS256"));
        Assert.Equal("RS256 signing", $"{Text(third, "algorithm")} {Text(third, "state")}");
        Assert.Equal(["ES256 signing", "ES256 published", "RS256 verifying", "RS256 published", "RS256 signing"], await States());
    }

    [Fact]
    public async Task Only_algorithms_that_sign_here_are_rotated()
    {
        await _operator.AddPlatform();
        Assert.Equal(2, (await _operator.Run("signing-key", "rotate", "--algorithm", "HS256")).Code);
        Assert.Empty(await States());
    }

    [Fact]
    public async Task Private_keys_are_not_shown()
    {
        await _operator.AddPlatform();
        await Rotate();
        Assert.Equal(["id", "algorithm", "state", "createdAt", "usedFrom"], (await _operator.Json("signing-key", "list"))[0].EnumerateObject().Select(p => p.Name));
    }

    private async Task<IReadOnlyList<JsonElement>> Rotate(params string[] options) => [.. (await _operator.Json(["signing-key", "rotate", .. options])).EnumerateArray()];

    private async Task<string[]> States() => [.. (await _operator.Json("signing-key", "list")).EnumerateArray().Select(k => $"{Text(k, "algorithm")} {Text(k, "state")}")];

    private static string Text(JsonElement key, string member) => key.GetProperty(member).GetString()!;
}

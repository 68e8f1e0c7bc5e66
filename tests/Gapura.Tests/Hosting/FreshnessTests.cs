using System.Diagnostics;
using System.Text.RegularExpressions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Hosting;

/// <summary>A node of several that has not looked at their database for a second: who is answered, who waits, and who is told to come back.</summary>
public sealed partial class FreshnessTests(PostgresStore store) : IClassFixture<PostgresStore>, IAsyncLifetime
{
    private const string Moment = "Sign-in is not possible for a moment. Please try again.";
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly (string, string) AsPage = ("Accept", "text/html,application/xhtml+xml;q=0.9");
    private HandServer _node = null!;

    public async ValueTask InitializeAsync() => _node = await HandServer.Start(isShared: true);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_node_that_looked_within_a_second_answers_at_once_even_while_nobody_answers_it()
    {
        _node.Database.FallSilent();
        _node.Clock.Pass(TimeSpan.FromMilliseconds(999));
        (await _node.Get("/sign-in", AsPage)).IsOk();
        (await _node.Get("/readyz")).IsOk();
    }

    [Fact]
    public async Task After_a_second_a_request_waits_and_goes_on_when_the_database_answers()
    {
        _node.Database.FallSilent();
        _node.Clock.Pass(TooLong);
        var waits = _node.Get("/sign-in", AsPage);
        await Waits(_node, waits);
        _node.Database.Answer();
        (await waits).IsOk();
    }

    [Theory]
    [InlineData("/v1/qrAuth", $$"""{"error":"temporarily_unavailable","error_description":"{{Moment}}"}""")]
    [InlineData("/oauth/userinfo", $$"""{"error":"temporarily_unavailable","error_description":"{{Moment}}"}""")]
    [InlineData("/readyz", $$"""{"error":"temporarily_unavailable","error_description":"{{Moment}}"}""")]
    [InlineData("/V1/NLE/AuthApiKey", $$"""{"error":"{{Moment}}"}""")]
    public async Task A_program_is_told_after_two_seconds_and_when_to_come_back(string path, string body)
    {
        var told = (await Silent(_node, path)).Is(503, body);
        Assert.Equal(("1", "no-store"), (told["Retry-After"], told["Cache-Control"]));
    }

    [Theory]
    [InlineData("/sign-in", "id", "Sebentar, ya", "Tunggu beberapa detik, lalu muat ulang halaman ini.")]
    [InlineData("/sign-in", "en", "One moment, please", "Wait a few seconds, then load this page again.")]
    [InlineData("/seamlesslogin/?token=0", "id", "Sebentar, ya", "Tunggu beberapa detik, lalu muat ulang halaman ini.")]
    public async Task A_person_is_told_so_by_a_page_in_their_language(string path, string language, string title, string advice)
    {
        var told = await Silent(_node, path, AsPage, ("Accept-Language", language));
        Assert.Equal((503, "1", "text/html; charset=utf-8"), (told.Status, told["Retry-After"], told["Content-Type"]));
        Assert.Contains($"<html lang=\"{language}\"", told.Text, StringComparison.Ordinal);
        Assert.Contains(title, told.Text, StringComparison.Ordinal);
        Assert.Contains(advice, told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_when_the_database_says_itself_that_it_is_away()
    {
        _node.Database.Fail();
        _node.Clock.Pass(TooLong);
        var told = _node.Get("/v1/qrAuth");
        await Until(() => told.IsCompleted || _node.Clock.Waiting(Patience) > 0);
        _node.Clock.Pass(TimeSpan.FromMilliseconds(250));
        (await told).IsRefused("temporarily_unavailable", 503);
    }

    [Fact]
    public async Task What_does_not_change_is_served_at_once_and_so_is_whether_the_process_lives()
    {
        var asset = Asset().Match((await _node.Get("/sign-in", AsPage)).Text).Value;
        _node.Database.FallSilent();
        _node.Clock.Pass(TooLong);
        foreach (var path in (string[])["/healthz", "/docs", "/openapi.json", "/sdk/manifest.json", "/seamlesslogin/nlelogin.min.js", asset]) (await _node.Get(path)).IsOk();
        Assert.False(_node.Watch.IsFresh);
    }

    [Fact]
    public async Task What_is_published_to_everybody_is_served_as_new_as_it_can_be_had()
    {
        (await Silent(_node, "/.well-known/openid-configuration")).IsOk();
        (await Silent(_node, "/.well-known/jwks.json")).IsOk();
    }

    [Fact]
    public async Task A_file_of_its_own_is_never_too_old()
    {
        await using var alone = await HandServer.Start();
        alone.Database.FallSilent();
        alone.Clock.Pass(TimeSpan.FromMinutes(5));
        Assert.False(alone.Watch.IsFresh);
        (await alone.Get("/sign-in", AsPage)).IsOk();
    }

    [Fact]
    public async Task PostgreSQL_is_too_old_after_a_second_and_good_again_when_it_answers()
    {
        Stranger.Needs(store.WhyNot is null, store.WhyNot ?? "");
        await using var node = await HandServer.Start(await store.Fresh());
        (await node.Get("/sign-in", AsPage)).IsOk();
        Assert.Equal(503, (await Silent(node, "/sign-in", AsPage)).Status);
        node.Database.Answer();
        await Until(() => node.Watch.IsFresh);
        (await node.Get("/sign-in", AsPage)).IsOk();
    }

    // What is answered while nobody has heard of the database for long.
    private static async Task<Reply> Silent(HandServer node, string path, params (string Name, string Value)[] headers)
    {
        node.Database.FallSilent();
        node.Clock.Pass(TooLong);
        var told = node.Get(path, headers);
        await Waits(node, told);
        node.Clock.Pass(Patience - Instant);
        Assert.False(told.IsCompleted);
        node.Clock.Pass(Instant);
        return await told;
    }

    // The request has come as far as it goes.
    private static async Task Waits(HandServer node, Task request)
    {
        await Until(() => request.IsCompleted || node.Clock.Waiting(Patience) > 0);
        Assert.False(request.IsCompleted);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var since = Stopwatch.StartNew(); !condition(); await Task.Delay(1, CancellationToken.None))
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(15), "It never happened.");
    }

    [GeneratedRegex("/assets/[^\"]+\\.css", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asset();
}

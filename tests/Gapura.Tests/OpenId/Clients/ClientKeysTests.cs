using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>Keys at an address: fetched, kept, fetched again, and kept on when the platform is down.</summary>
public sealed class ClientKeysTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly Signer _one = Signer.Es256(), _two = Signer.Es256("two");
    private readonly KeySetFetch _fetch = new(Seed.Tokens with { Issuer = Seed.Origin("http://localhost:5080") }, NullLogger<KeySetFetch>.Instance);
    private KeySetServer _server = null!;
    private ClientKeys _keys = null!;
    private Platform _platform = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await KeySetServer.Start(_one);
        _keys = new ClientKeys(_fetch, _clock);
        _platform = Seed.Platform("app", _clock) with { Client = new ClientSettings { JwksUri = _server.Uri } };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _fetch.Dispose();
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task They_are_fetched_once_in_five_minutes()
    {
        for (var i = 0; i < 5; i++) Assert.True(await Verifies(_one));
        Assert.Equal(1, _server.Calls);
        _clock.Pass(TimeSpan.FromMinutes(5));
        Assert.True(await Verifies(_one));
        Assert.Equal(2, _server.Calls);
    }

    [Fact]
    public async Task Of_32_at_once_one_fetches()
    {
        Assert.All(await AtOnce.Run(32, _ => Verifies(_one)), Assert.True);
        Assert.Equal(1, _server.Calls);
    }

    [Fact]
    public async Task A_new_key_is_found_at_once_and_an_unknown_one_makes_no_storm()
    {
        Assert.True(await Verifies(_one));
        Assert.False(await Verifies(_two));
        Assert.Equal(1, _server.Calls);
        _clock.Pass(TimeSpan.FromSeconds(5));
        _server.Keys = Signer.Set(_one.Jwk, _two.Jwk);
        Assert.True(await Verifies(_two));
        for (var i = 0; i < 20; i++) Assert.False(await Verifies(_one, "unknown"));
        Assert.Equal(2, _server.Calls);
    }

    [Fact]
    public async Task A_key_that_was_taken_back_is_good_for_five_minutes_more_at_most()
    {
        Assert.True(await Verifies(_one));
        _server.Keys = Signer.Set(_two.Jwk);
        _clock.Pass(TimeSpan.FromMinutes(5));
        Assert.False(await Verifies(_one));
        Assert.True(await Verifies(_two));
    }

    [Fact]
    public async Task While_the_platform_is_down_its_last_keys_serve_for_a_day()
    {
        Assert.True(await Verifies(_one));
        _server.Keys = null;
        _clock.Pass(TimeSpan.FromHours(1));
        for (var i = 0; i < 10; i++) Assert.True(await Verifies(_one));
        Assert.Equal(2, _server.Calls);
        _clock.Pass(TimeSpan.FromHours(23));
        Assert.False(await Verifies(_one));
        _server.Keys = Signer.Set(_one.Jwk);
        _clock.Pass(TimeSpan.FromSeconds(5));
        Assert.True(await Verifies(_one));
    }

    [Fact]
    public async Task No_redirect_is_followed_and_nothing_endless_is_read()
    {
        foreach (var otherwise in (Func<HttpContext, Task>[])[
            context => { context.Response.Redirect("/elsewhere"); return Task.CompletedTask; },
            context => context.Response.WriteAsync(new string(' ', 70_000) + Signer.Set(_one.Jwk).GetRawText()),
            context => context.Response.WriteAsync("<html>"),
            context => context.Response.WriteAsync("[1]"),
            context => context.Response.WriteAsync("""{"keys":[]}"""),
            context => { context.Abort(); return Task.CompletedTask; }])
        {
            _server.Otherwise = otherwise;
            var before = _server.Calls;
            Assert.False(await Verifies(_one));
            Assert.Equal(before + 1, _server.Calls);
            _clock.Pass(TimeSpan.FromSeconds(5));
        }

        _server.Otherwise = null;
        Assert.True(await Verifies(_one));
    }

    [Fact]
    public async Task A_server_that_says_nothing_costs_three_seconds()
    {
        _server.Otherwise = context => Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(await Verifies(_one));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Another_address_is_another_set()
    {
        Assert.True(await Verifies(_one));
        await using var other = await KeySetServer.Start(_two);
        _platform = _platform with { Client = new ClientSettings { JwksUri = other.Uri } };
        Assert.False(await Verifies(_one));
        Assert.True(await Verifies(_two));
    }

    private Task<bool> Verifies(Signer signer, string? keyId = null) =>
        _keys.Verify(_platform, SignedText.Read(keyId is null ? signer.Sign([]) : signer.Sign([], ("kid", keyId)), 8192)!, Ct);
}

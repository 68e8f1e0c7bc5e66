using System.Security.Cryptography;
using Gapura.Client.Tests.Running;
using Gapura.Client.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace Gapura.Client.Tests.Tokens;

/// <summary>How often an issuer is asked for its keys, and what happens when it is away.</summary>
public sealed class KeyTests
{
    private readonly Clock _clock = new();
    private readonly IssuerKeys _keys;
    private string[] _published = ["one"];
    private Func<Task> _before = () => Task.CompletedTask;
    private int _asked;

    public KeyTests() => _keys = new IssuerKeys(Publish, _clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_fetched_once_however_many_ask_at_once()
    {
        var held = new TaskCompletionSource();
        _before = () => held.Task;
        var all = Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await _keys.Find("one", Ct))).ToList();
        await Until(() => _asked == 1);
        held.SetResult();
        Assert.All(await Task.WhenAll(all), Assert.NotNull);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task After_five_minutes_they_are_fetched_behind_the_requests_back()
    {
        await Knows("one");
        _clock.Ahead += TimeSpan.FromMinutes(4);
        await Knows("one");
        Assert.Equal(1, _asked);

        var held = new TaskCompletionSource();
        (_before, _published) = (() => held.Task, ["one", "two"]);
        _clock.Ahead += TimeSpan.FromMinutes(2);
        await Knows("one");
        await Until(() => _asked == 2);
        held.SetResult();
        await Knows("two");
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_name_nobody_knows_asks_once_in_thirty_seconds()
    {
        await Knows("one");
        _published = ["one", "two"];
        await Knows("two");
        for (var i = 0; i < 50; i++) Assert.Null(await _keys.Find($"no-{i}", Ct));
        Assert.Equal(2, _asked);
        _clock.Ahead += TimeSpan.FromSeconds(31);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => Assert.Null(await _keys.Find($"no-{i}", Ct)))));
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task An_issuer_that_is_away_costs_nothing_for_a_day_and_is_tried_again_every_half_minute()
    {
        await Knows("one");
        _before = () => throw new HttpRequestException("away");
        for (var hours = 0; hours < 23; hours++)
        {
            _clock.Ahead += TimeSpan.FromHours(1);
            await Knows("one");
            await Knows("one");
        }

        Assert.InRange(_asked, 2, 24);
        _clock.Ahead += TimeSpan.FromHours(1.1);
        var no = await Assert.ThrowsAsync<GapuraException>(async () => await _keys.Find("one", Ct));
        Assert.True(no.IsTransient);

        _before = () => Task.CompletedTask;
        _clock.Ahead += TimeSpan.FromSeconds(31);
        await Knows("one");
    }

    [Fact]
    public async Task Without_any_key_nobody_can_say_and_it_is_tried_again_within_seconds()
    {
        _before = () => throw new HttpRequestException("away");
        for (var i = 0; i < 20; i++) await Assert.ThrowsAsync<GapuraException>(async () => await _keys.Find("one", Ct));
        Assert.Equal(1, _asked);
        _before = () => Task.CompletedTask;
        _clock.Ahead += TimeSpan.FromSeconds(3);
        await Knows("one");
    }

    [Fact]
    public async Task An_answer_without_keys_leaves_those_we_have()
    {
        await Knows("one");
        _published = [];
        _clock.Ahead += TimeSpan.FromHours(2);
        await Knows("one");
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_key_that_is_published_no_more_is_forgotten()
    {
        await Knows("one");
        _published = ["two"];
        _clock.Ahead += TimeSpan.FromHours(2);
        Assert.Null(await _keys.Find("one", Ct));
        await Knows("two");
    }

    [Fact]
    public async Task A_caller_who_gives_up_leaves_the_others_their_answer()
    {
        var held = new TaskCompletionSource();
        _before = () => held.Task;
        using var impatient = new CancellationTokenSource();
        var first = _keys.Find("one", impatient.Token).AsTask();
        var second = _keys.Find("one", Ct).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        held.SetResult();
        Assert.NotNull(await second);
        Assert.Equal(1, _asked);
    }

    private async Task<JsonWebKeySet> Publish()
    {
        Interlocked.Increment(ref _asked);
        await _before();
        var set = new JsonWebKeySet();
        foreach (var kid in _published)
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(pair.ExportParameters(includePrivateParameters: false))) { KeyId = kid });
            set.Keys.Add(key);
        }

        return set;
    }

    private async Task Knows(string kid) => Assert.NotNull(await _keys.Find(kid, Ct));

    private static async Task Until(Func<bool> so)
    {
        for (var i = 0; i < 500 && !so(); i++) await Task.Delay(10, Ct);
        Assert.True(so());
    }
}

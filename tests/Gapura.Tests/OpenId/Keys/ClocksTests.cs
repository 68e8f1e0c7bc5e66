using System.Security.Cryptography;
using Gapura.Tests.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId.Keys;

/// <summary>Two nodes over one database, one five minutes slow and one five minutes fast, and APIs that are as wrong as they.</summary>
public sealed class ClocksTests : IAsyncLifetime
{
    private static readonly TimeSpan Off = TimeSpan.FromMinutes(5);
    private readonly SqliteStore _store = new();
    private GapuraServer _slow = null!;
    private GapuraServer _fast = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (string, string?)[] settings = [("Database", await _store.Fresh()), ("MasterKey", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))];
        (_slow, _fast) = (new GapuraServer(settings), new GapuraServer(settings));
        _slow.Clock.Pass(-Off);
        _fast.Clock.Pass(Off);
        await _slow.InitializeAsync();
        await CodeFlow.Register(_slow);
        await _fast.Build();
        await _fast.StartListening();
    }

    public async ValueTask DisposeAsync()
    {
        await _fast.DisposeAsync();
        await _slow.DisposeAsync();
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_token_is_good_at_once_on_every_node_and_at_APIs_that_are_five_minutes_off()
    {
        var right = new FakeClock();
        FakeClock[] clocks = [_slow.Clock, right, _fast.Clock];
        foreach (var node in (GapuraServer[])[_slow, _fast])
        {
            var tokens = await SignIn(node);
            foreach (var other in (GapuraServer[])[_slow, _fast])
            {
                Assert.True((await other.Introspect(tokens.Access, _slow.ResourceApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
                (await other.Get("/oauth/userinfo", ("Authorization", $"Bearer {tokens.Access}"))).IsOk();
                foreach (var clock in clocks)
                {
                    Assert.Null(await new CachingVerifier(other, clock, node.Get<TokenOptions>().Audience).Fault(tokens.Access));
                    Assert.Null(await new CachingVerifier(other, clock, CodeFlow.ClientId).Fault(tokens.Id));
                }
            }
        }
    }

    [Fact]
    public async Task What_has_expired_has_expired_on_the_clock_of_the_node_that_is_asked_to_the_second()
    {
        var (access, _, refresh) = await SignIn(_slow);
        Pass(TimeSpan.FromSeconds(299));
        Assert.NotNull(_fast.Get<Mint>().Read(access));
        Pass(TimeSpan.FromSeconds(1));
        Assert.Null(_fast.Get<Mint>().Read(access));
        Assert.NotNull(_slow.Get<Mint>().Read(access));
        (await _fast.Refresh(refresh, CodeFlow.ClientId)).IsOk();
        Pass(TimeSpan.FromSeconds(599));
        Assert.NotNull(_slow.Get<Mint>().Read(access));
        Pass(TimeSpan.FromSeconds(1));
        Assert.Null(_slow.Get<Mint>().Read(access));
    }

    [Fact]
    public async Task A_code_is_spent_once_whatever_the_clocks_say()
    {
        var slow = new CodeFlow(_slow);
        var code = (await slow.ToCallback())["code"];
        (await slow.Exchange(code)).IsOk();
        (await _fast.PostForm("/oauth/token", [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CodeFlow.Callback), ("code_verifier", slow.Verifier), ("client_id", CodeFlow.ClientId)])).IsRefused("invalid_grant");
        var late = (await slow.ToCallback())["code"];
        (await _fast.PostForm("/oauth/token", [("grant_type", "authorization_code"), ("code", late), ("redirect_uri", CodeFlow.Callback), ("code_verifier", slow.Verifier), ("client_id", CodeFlow.ClientId)])).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_key_the_slow_node_wrote_down_is_known_to_five_minute_caches_before_the_fast_one_uses_it()
    {
        foreach (var algorithm in SigningAlgorithm.All)
        {
            var before = _fast.Get<SigningKeys>().Current(algorithm).Id;
            await _slow.Get<SigningKeys>().Rotate(algorithm, atOnce: false, Ct);
            await _slow.Follow();
            await _fast.Follow();
            Pass(TimeSpan.FromMinutes(9));
            Assert.Equal(before, _fast.Get<SigningKeys>().Current(algorithm).Id);
            Pass(TimeSpan.FromMinutes(1));
            Assert.NotEqual(before, _fast.Get<SigningKeys>().Current(algorithm).Id);
            Assert.Equal(before, _slow.Get<SigningKeys>().Current(algorithm).Id);
            Assert.Contains(_slow.Get<SigningKeys>().Published(algorithm), k => k.Id == _fast.Get<SigningKeys>().Current(algorithm).Id);
        }
    }

    private void Pass(TimeSpan span)
    {
        _slow.Clock.Pass(span);
        _fast.Clock.Pass(span);
    }

    private static async Task<(string Access, string Id, string Refresh)> SignIn(GapuraServer node)
    {
        var flow = new CodeFlow(node);
        var tokens = (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json;
        return (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("id_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
    }
}

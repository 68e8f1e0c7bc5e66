using Gapura.Tests.Storage;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>What was approved goes to the browser that opened, once, and to nobody else.</summary>
public abstract class QrCollectContract
{
    private readonly GapuraServer _server;

    private protected QrCollectContract(GapuraServer server) => _server = server;

    [Fact]
    public async Task Without_the_verifier_with_a_wrong_one_and_with_the_nonce_as_verifier_nothing_is_collected()
    {
        var (screen, sessionId) = await Approved();
        (await _server.Post("/v1/qrAuth/collect", $$"""{"sessionId":"{{sessionId}}"}""")).IsRefused("invalid_request");
        (await screen.Collect(sessionId, verifier: new LiveScreen(_server).Verifier)).IsRefused("invalid_session");
        (await screen.Collect(sessionId, verifier: screen.Nonce)).IsRefused("invalid_session");
        (await screen.Collect(sessionId, verifier: sessionId)).IsRefused("invalid_session");
        (await _server.Ask(screen.Nonce)).IsOk().Json.GetProperty("sessionId");
        (await screen.Ask()).IsRefused("nonce_spent");
        (await screen.Collect(sessionId)).AccessToken();
    }

    [Fact]
    public async Task Another_screens_verifier_collects_its_own_and_nothing_else()
    {
        var (mine, theirs) = (await Approved(), await Approved());
        (await mine.Screen.Collect(theirs.SessionId)).IsRefused("invalid_session");
        (await mine.Screen.Collect(mine.SessionId)).AccessToken();
        (await theirs.Screen.Collect(theirs.SessionId)).AccessToken();
    }

    [Fact]
    public async Task Delivered_once_and_burnt_after()
    {
        var (screen, sessionId) = await Approved();
        (await screen.Collect(sessionId)).AccessToken();
        for (var i = 0; i < 3; i++) (await screen.Collect(sessionId)).IsRefused("nonce_spent");
        (await screen.Ask()).IsRefused("nonce_spent");
        (await _server.Scan(sessionId)).IsRefused("already_authenticated");
    }

    [Fact]
    public async Task Of_64_collects_at_once_one_is_delivered()
    {
        for (var round = 0; round < Effort.Of(10, 500); round++)
        {
            var (screen, sessionId) = await Approved();
            var replies = await AtOnce.Run(64, _ => screen.Collect(sessionId));
            replies.Single(r => r.Status == 200).AccessToken();
            Assert.All(replies.Where(r => r.Status != 200), r => r.IsRefused("nonce_spent"));
        }
    }

    [Fact]
    public async Task Of_64_scans_by_as_many_phones_one_binds_the_code()
    {
        var phones = Enumerable.Range(0, 64).Select(_ => new Phone()).ToArray();
        foreach (var phone in phones) await _server.Enrol(_server.Account, phone);
        for (var round = 0; round < Effort.Of(5, 100); round++)
        {
            var screen = new LiveScreen(_server);
            var sessionId = await screen.Open();
            var replies = await AtOnce.Run(64, i => _server.Scan(sessionId, phones[i]));
            var winner = replies.Index().Single(r => r.Item.Status == 200).Index;
            Assert.All(replies.Where(r => r.Status != 200), r => r.IsRefused("already_scanned"));
            (await _server.Deny(sessionId, phones[(winner + 1) % 64])).IsRefused("invalid_session");
            (await _server.Deny(sessionId, phones[winner])).IsOk();
        }

        foreach (var phone in phones) phone.Dispose();
    }

    [Fact]
    public async Task A_yes_and_a_no_at_once_end_in_one_of_them()
    {
        for (var round = 0; round < Effort.Of(10, 200); round++)
        {
            var screen = new LiveScreen(_server) { UserAgent = "curl/8" };
            var sessionId = await screen.Open();
            await screen.Type(sessionId, (await _server.Scan(sessionId)).IsOk().Json.GetProperty("code").GetString()!);
            var replies = await AtOnce.Run(16, i => i % 2 == 0 ? _server.Approve(sessionId) : _server.Deny(sessionId));
            var approved = replies.Where((_, i) => i % 2 == 0).Count(r => r.Status == 200);
            var denied = replies.Where((_, i) => i % 2 == 1).Any(r => r.Status == 200);
            Assert.Equal(denied ? 0 : 1, approved);
            Assert.Equal(denied ? "denied" : "approved", await screen.StateWord());
        }
    }

    [Fact]
    public async Task Within_60_seconds_of_the_approval_and_not_after()
    {
        var (early, late) = (await Approved(), await Approved());
        _server.Clock.Pass(TimeSpan.FromSeconds(59));
        (await early.Screen.Collect(early.SessionId)).AccessToken();
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await late.Screen.Collect(late.SessionId)).IsRefused("nonce_spent");
    }

    [Fact]
    public async Task Tokens_are_minted_when_they_are_collected()
    {
        var (screen, sessionId) = await Approved();
        _server.Clock.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(_server.Clock.Now.ToUnixTimeSeconds(), Claims((await screen.Collect(sessionId)).AccessToken()).GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Every_single_character_of_the_session_id_counts()
    {
        var (screen, sessionId) = await Approved();
        for (var at = 0; at < sessionId.Length; at++)
        {
            var altered = string.Concat(sessionId.AsSpan(0, at), sessionId[at] == 'A' ? "B" : "A", sessionId.AsSpan(at + 1));
            (await screen.Collect(altered)).IsRefused("invalid_session");
        }

        (await screen.Collect(sessionId)).AccessToken();
    }

    private async Task<(LiveScreen Screen, string SessionId)> Approved()
    {
        var screen = new LiveScreen(_server) { UserAgent = "curl/8" };
        var sessionId = await screen.Open();
        (await screen.Type(sessionId, (await _server.Scan(sessionId)).IsOk().Json.GetProperty("code").GetString()!)).IsOk();
        (await _server.Approve(sessionId)).IsOk();
        return (screen, sessionId);
    }
}

public sealed class QrCollectOnSqlite(ServerOn<SqliteStore> on) : QrCollectContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class QrCollectOnPostgres(ServerOn<PostgresStore> on) : QrCollectContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

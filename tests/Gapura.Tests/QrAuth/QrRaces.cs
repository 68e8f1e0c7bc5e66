using System.Text;
using System.Text.Json;
using Gapura.Tests.Storage;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>Everybody at once, over real sockets that stay open between rounds.</summary>
public abstract class QrRaces
{
    private const int Callers = 64;
    private static readonly int Rounds = Effort.Of(20, 1_000);
    private readonly GapuraServer _server;

    private protected QrRaces(GapuraServer server) => _server = server;

    [Fact]
    public async Task Of_64_authenticates_with_one_session_id_one_is_200_and_63_are_400()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var nonce = NewNonce();
            var sessionId = await _server.Open(nonce);
            var (signature, twin) = _server.Phone.SignTwice(sessionId);
            var replies = await AtOnce.Run(Callers, i => _server.Approve(sessionId, signature: i % 2 == 0 ? signature : twin));
            IsOnce(round, replies, "already_authenticated");
            (await _server.Ask(nonce)).AccessToken();
        }
    }

    [Fact]
    public async Task Of_64_claims_one_is_delivered()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var nonce = NewNonce();
            (await _server.Approve(await _server.Open(nonce))).IsOk();
            IsOnce(round, await AtOnce.Run(Callers, _ => _server.Ask(nonce)), "nonce_spent");
        }
    }

    [Fact]
    public async Task Of_two_codes_of_one_nonce_approved_at_once_by_many_phones_one_is()
    {
        var phones = Enumerable.Range(0, 8).Select(_ => new Phone()).ToArray();
        foreach (var phone in phones) await _server.Enrol(_server.Account, phone);
        for (var round = 0; round < Effort.Of(20, 200); round++)
        {
            var nonce = NewNonce();
            string[] codes = [await _server.Open(nonce), await _server.Open(nonce)];
            var replies = await AtOnce.Run(16, i => _server.Approve(codes[i % 2], phones[i / 2]));
            Assert.Equal(1, replies.Count(r => r.Status == 200));
            Assert.All(replies.Where(r => r.Status != 200), r => r.IsRefused("invalid_session"));
            (await _server.Ask(nonce)).AccessToken();
        }

        foreach (var phone in phones) phone.Dispose();
    }

    [Fact]
    public async Task Screens_that_ask_while_the_phone_approves_get_one_delivery()
    {
        for (var round = 0; round < Effort.Of(20, 200); round++)
        {
            var nonce = NewNonce();
            var sessionId = await _server.Open(nonce);
            var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { sessionId, signature = _server.Phone.Sign(sessionId), publicKey = _server.Phone.PublicKey, nonce = PhoneNonce }));
            var replies = await AtOnce.Run(32, i => i == 0 ? _server.Post("/v1/authenticate", body, "application/json") : _server.Ask(nonce));
            replies[0].AccessToken();
            var delivered = replies.Skip(1).Count(r => r.Status == 200 && r.Json.TryGetProperty("accessToken", out _));
            var afterwards = await _server.Ask(nonce);
            Assert.Equal(1, delivered + (afterwards.Status == 200 ? 1 : 0));
        }
    }

    private static void IsOnce(int round, Reply[] replies, string code)
    {
        Assert.True(replies.Count(r => r.Status == 200) == 1 && replies.Count(r => r.Status == 400) == Callers - 1,
            $"round {round}: {string.Join(", ", replies.CountBy(r => r.Status).Select(c => $"{c.Value} × {c.Key}"))}");
        replies.Single(r => r.Status == 200).AccessToken();
        Assert.All(replies.Where(r => r.Status == 400), r => r.IsRefused(code));
    }
}

public sealed class QrRacesOnSqlite(ServerOn<SqliteStore> on) : QrRaces(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class QrRacesOnPostgres(ServerOn<PostgresStore> on) : QrRaces(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Ping and push: the platform is called, with its own token, until it has heard.</summary>
public abstract class CibaCallsContract : IAsyncLifetime
{
    private static readonly (string, string?) Token = ("client_notification_token", CibaFlow.NotificationToken);
    private readonly GapuraServer _server;
    private CalledPlatform _platform = null!;

    private protected CibaCallsContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(16));
        _platform = await CalledPlatform.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("decline")]
    public async Task A_ping_tells_the_platform_to_ask(string decision)
    {
        var flow = await (await Register("ping")).Open(Token);
        (await flow.Poll()).IsRefused("authorization_pending");
        (await flow.Decide(decision)).IsOk();
        var (authorization, body) = _platform.Next();
        Assert.Equal(("Bearer " + CibaFlow.NotificationToken, $$"""{"auth_req_id":"{{flow.RequestId}}"}"""), (authorization, body.GetRawText()));
        if (decision == "approve") (await flow.PollInTime()).IsOk();
        else (await flow.PollInTime()).IsRefused("access_denied");
        Assert.Equal(0, await _platform.Rest());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(307)]
    public async Task A_platform_that_did_not_hear_is_told_again_and_no_redirect_is_followed(int status)
    {
        _platform.Answers = status;
        var flow = await (await Register("ping")).Open(Token);
        await flow.Decide();
        _platform.Next();
        Assert.Equal(0, await _platform.Rest());
        _platform.Answers = 204;
        _server.Clock.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(flow.RequestId, _platform.Next().Body.GetProperty("auth_req_id").GetString());
        _server.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await _platform.Rest());
        (await flow.Poll()).IsOk();
    }

    [Fact]
    public async Task A_push_brings_the_tokens_with_what_ties_them_to_the_request_and_the_same_ones_again()
    {
        _platform.Answers = 503;
        var flow = await (await Register("push")).Open(Token);
        (await flow.Poll()).IsRefused("unauthorized_client");
        await flow.Decide();
        var (authorization, first) = _platform.Next();
        _platform.Answers = 204;
        _server.Clock.Pass(TimeSpan.FromSeconds(5));
        var (_, second) = _platform.Next();
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal("Bearer " + CibaFlow.NotificationToken, authorization);
        Assert.Equal(["auth_req_id", "access_token", "token_type", "expires_in", "refresh_token", "id_token"], first.EnumerateObject().Select(m => m.Name));

        var claims = CodeFlow.Claims(Text(first, "id_token"));
        Assert.Equal((flow.RequestId, Half(Text(first, "refresh_token")), Half(Text(first, "access_token")), _server.Account.Id), (
            Text(claims, "urn:openid:params:jwt:claim:auth_req_id"), Text(claims, "urn:openid:params:jwt:claim:rt_hash"), Text(claims, "at_hash"), Text(claims, "sub")));
        Assert.True((await _server.Introspect(Text(first, "access_token"), _server.ResourceApiKey)).IsOk().Json.GetProperty("active").GetBoolean());
        Assert.Equal(0, await _platform.Rest());
    }

    [Theory]
    [InlineData("decline", "access_denied")]
    [InlineData(null, "expired_token")]
    public async Task A_push_tells_of_a_no_and_of_nobody(string? decision, string error)
    {
        var flow = await (await Register("push")).Open(Token);
        if (decision is not null) await flow.Decide(decision);
        else _server.Clock.Pass(TimeSpan.FromSeconds(120));
        var (_, body) = _platform.Next();
        Assert.Equal((flow.RequestId, error), (Text(body, "auth_req_id"), Text(body, "error")));
        Assert.False(body.TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task A_push_for_a_hint_that_fits_nobody_ends_like_one_that_nobody_looked_at()
    {
        await (await Register("push")).Open(Token, ("login_hint", "tidakada"));
        _server.Clock.Pass(TimeSpan.FromSeconds(120));
        Assert.Equal("expired_token", Text(_platform.Next().Body, "error"));
    }

    [Theory]
    [InlineData("ping", null)]
    [InlineData("ping", "")]
    [InlineData("push", "a token")]
    [InlineData("push", "a\u00e9")]
    public async Task Without_a_token_of_its_own_no_platform_is_called(string mode, string? token)
    {
        var flow = await Register(mode);
        (await flow.Ask(("client_notification_token", token))).IsRefused("invalid_request");
    }

    [Fact]
    public async Task Nothing_that_a_platform_is_called_with_lies_open_in_the_database()
    {
        _platform.Answers = 503;
        var flow = await (await Register("push")).Open(Token);
        await flow.Decide();
        _platform.Next();
        var kept = await _server.Database.Read(sql => sql.Rows<byte[]>("SELECT callback FROM backchannel_requests WHERE callback IS NOT NULL UNION ALL SELECT payload FROM backchannel_requests WHERE payload IS NOT NULL"), TestContext.Current.CancellationToken);
        Assert.NotEmpty(kept);
        foreach (var secret in (string[])[CibaFlow.NotificationToken, flow.RequestId, "access_token"])
            Assert.All(kept, bytes => Assert.DoesNotContain(secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal));
    }

    private Task<CibaFlow> Register(string mode) => CibaFlow.Register(_server, s => s with { BackChannelDelivery = mode, BackChannelNotificationEndpoint = _platform.Address });

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Half(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));
}

public sealed class CibaCallsOnSqlite(ServerOn<SqliteStore> on) : CibaCallsContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class CibaCallsOnPostgres(ServerOn<PostgresStore> on) : CibaCallsContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

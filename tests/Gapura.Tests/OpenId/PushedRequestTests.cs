using Gapura.OpenId.Authorization;
using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Requests that a backend pushes ahead (RFC 9126).</summary>
public abstract class PushedRequestContract : IAsyncLifetime
{
    private static readonly ClientSettings PushesAlways = new() { RequirePushedRequests = true };
    private readonly GapuraServer _server;
    private readonly string _pusher = "pusher-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
    private string _key = "";

    private protected PushedRequestContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        _key = await CodeFlow.Register(_server, _pusher, keyed: true, PushesAlways);
        if (_server.Get<PlatformRegister>().Active("public-pusher") is null) await CodeFlow.Register(_server, "public-pusher");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_pushed_request_signs_in_and_leaves_no_row_before_that()
    {
        var before = await _server.Rows();
        var flow = Flow();
        var uri = await Push(flow);
        Assert.Equal(before, await _server.Rows());
        var answer = await ToCallback(flow, uri);
        Assert.Equal(("the state", _server.Issuer), (answer["state"], answer["iss"]));
        (await flow.Exchange(answer["code"], _key, ("client_id", _pusher))).IsOk();
    }

    [Fact]
    public async Task The_answer_is_what_the_standard_says()
    {
        var reply = await Send(Flow());
        Assert.Equal((201, "no-store"), (reply.Status, reply["Cache-Control"]));
        Assert.Equal(["request_uri", "expires_in"], reply.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(90, reply.Json.GetProperty("expires_in").GetInt32());
        Assert.StartsWith(PushedRequests.Prefix, reply.Json.GetProperty("request_uri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_be_shown_again_until_the_person_has_said_yes_and_never_after()
    {
        var flow = Flow();
        var uri = await Push(flow);
        Assert.Equal(303, (await Authorize(flow, uri)).Status);
        await ToCallback(flow, uri);
        await Refused(flow, uri);
    }

    [Fact]
    public async Task Of_16_yeses_at_once_one_has_a_code()
    {
        var flow = Flow();
        await ToCallback(flow, await Push(flow));
        var uri = await Push(flow);
        var replies = await AtOnce.Run(16, _ => Authorize(flow, uri));
        Assert.Equal((1, 15), (replies.Count(r => r.Status == 303), replies.Count(r => r.Status == 400)));
    }

    [Fact]
    public async Task It_is_late_after_90_seconds_unless_the_person_came_in_time()
    {
        var late = Flow();
        var uri = await Push(late);
        _server.Clock.Pass(TimeSpan.FromSeconds(91));
        await Refused(late, uri);

        var flow = Flow();
        uri = await Push(flow);
        var asked = await Authorize(flow, uri);
        _server.Clock.Pass(TimeSpan.FromMinutes(10));
        Assert.NotEmpty((await flow.Follow(asked))["code"]);
    }

    [Fact]
    public async Task Another_client_cannot_use_it_and_nobody_can_alter_it()
    {
        var flow = Flow();
        var uri = await Push(flow);
        await Refused(flow, uri, "public-pusher");
        var altered = Slip.In(uri);
        foreach (var wrong in (string[])[altered, PushedRequests.Prefix + "AAAA", PushedRequests.Prefix, PushedRequests.Prefix + "!"])
            await Refused(flow, wrong);
    }

    [Fact]
    public async Task What_stands_beside_it_does_not_count()
    {
        var flow = Flow();
        var reply = await flow.Browser.Get($"/oauth/authorize?client_id={_pusher}&request_uri={Uri.EscapeDataString(await Push(flow))}&state=other&scope=openid%20email&redirect_uri=https%3A%2F%2Fevil.example");
        Assert.Equal("the state", (await flow.Follow(reply))["state"]);
    }

    [Fact]
    public async Task A_client_that_must_push_is_told_so_when_it_does_not()
    {
        var location = (await Flow().Browser.Get("/oauth/authorize" + Flow().Query(("client_id", _pusher))))["Location"]!;
        Assert.Equal("invalid_request", CodeFlow.Answer(location)["error"]);
    }

    [Fact]
    public async Task Whoever_wants_another_account_signs_in_anew_and_is_back()
    {
        var flow = Flow();
        Assert.Equal(303, (await flow.Browser.SignIn()).Status);
        var page = (await Authorize(flow, await Push(flow))).IsOk();
        var href = System.Net.WebUtility.HtmlDecode(page.Text.Split("<p class=\"links\"><a class=\"secondary\" href=\"")[1].Split('"')[0]);
        Assert.StartsWith("/sign-in?next=", href, StringComparison.Ordinal);
        var form = (await flow.Browser.Get(href)).IsOk();
        Assert.Contains("type=\"password\"", form.Text, StringComparison.Ordinal);
        Assert.NotEmpty((await flow.Follow(form))["code"]);
    }

    [Theory]
    [InlineData("redirect_uri", "https://app.example.com/other", "invalid_request", 400)]
    [InlineData("response_type", "code id_token", "unsupported_response_type", 400)]
    [InlineData("code_challenge", null, "invalid_request", 400)]
    [InlineData("code_challenge_method", "plain", "invalid_request", 400)]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request", 400)]
    [InlineData("client_secret", "gpk_wrong", "invalid_client", 401)]
    [InlineData("client_secret", null, "invalid_client", 401)]
    [InlineData("client_id", "public-pusher", "invalid_client", 401)]
    public async Task What_is_wrong_with_it_is_told_at_once(string name, string? value, string code, int status) => (await Send(Flow(), (name, value))).IsRefused(code, status);

    [Fact]
    public async Task A_request_too_long_for_an_address_is_refused()
    {
        // Random, so that it cannot be made short.
        var noise = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(990));
        (await Send(Flow(), ("state", noise), ("nonce", noise[1..] + "f"), ("login_hint", new string([.. noise.Reverse()])), ("acr_values", noise[7..] + "0000000"))).IsRefused("invalid_request");
    }

    private CodeFlow Flow() => new(_server) { Browser = new Browser(_server) };

    private async Task<string> Push(CodeFlow flow) => (await Send(flow)).Json.GetProperty("request_uri").GetString()!;

    private Task<Reply> Send(CodeFlow flow, params (string Name, string? Value)[] changed)
    {
        var all = QueryHelpers.ParseQuery(flow.Query(("client_id", _pusher))).ToDictionary(p => p.Key, p => (string?)p.Value.ToString(), StringComparer.Ordinal);
        all["client_secret"] = _key;
        foreach (var (name, value) in changed) all[name] = value;
        return _server.PostForm("/oauth/par", all.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!)));
    }

    private async Task Refused(CodeFlow flow, string uri, string? clientId = null)
    {
        flow.Browser.Accept = "application/json";
        (await flow.Browser.Get($"/oauth/authorize?client_id={clientId ?? _pusher}&request_uri={Uri.EscapeDataString(uri)}")).IsRefused("invalid_request_uri");
    }

    private Task<Reply> Authorize(CodeFlow flow, string uri) =>
        flow.Browser.Get($"/oauth/authorize?client_id={_pusher}&request_uri={Uri.EscapeDataString(uri)}");

    private async Task<Dictionary<string, string>> ToCallback(CodeFlow flow, string uri) => await flow.Follow(await Authorize(flow, uri));
}

public sealed class PushedRequestsOnSqlite(ServerOn<SqliteStore> on) : PushedRequestContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class PushedRequestsOnPostgres(ServerOn<PostgresStore> on) : PushedRequestContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

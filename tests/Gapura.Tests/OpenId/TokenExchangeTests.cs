using System.Security.Cryptography;
using System.Text.Json;
using Gapura.Platforms;
using Gapura.Tests.OpenId.Clients;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A person's token for one that a single resource API takes (RFC 8693): of the same grant, no wider, no longer, and for nobody else.</summary>
public abstract class TokenExchangeContract : IAsyncLifetime
{
    private const string Urn = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";
    private const string Inactive = """{"active":false}""";
    private readonly GapuraServer _server;
    private readonly string _app = Named("app"), _first = Named("api"), _second = Named("api");
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    private protected TokenExchangeContract(GapuraServer server) => _server = server;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new ClientSettings { GrantTypes = [Urn] };
        _keys[_app] = await CodeFlow.Register(_server, _app, keyed: true, settings);
        foreach (var api in (string[])[_first, _second])
        {
            Assert.True(await _server.Get<PlatformRegister>().TryAdd(new Platform
            {
                ClientId = api, Name = "API", Company = "PT API", Domain = Seed.Origin($"https://{api}.example.com"), IsResourceApi = true, Client = settings, CreatedAt = _server.Clock.Now,
            }, ct));
            _keys[api] = (await _server.Get<ApiKeys>().Issue(api, null, ct))!.Value.Key.Reveal();
        }

        await _server.Follow();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_platform_has_a_token_for_one_API_of_the_same_grant()
    {
        var subject = await SignIn();
        var reply = (await Exchange(_app, subject)).IsOk();
        Assert.Equal(["access_token", "token_type", "expires_in", "scope", "issued_token_type"], reply.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(AccessTokenType, reply.Json.GetProperty("issued_token_type").GetString());
        var (before, after) = (CodeFlow.Claims(subject), CodeFlow.Claims(Token(reply)));
        foreach (var same in (string[])["iss", "sub", "client_id", "grant_id", "auth_time", "scope"]) Assert.Equal(before.GetProperty(same).GetRawText(), after.GetProperty(same).GetRawText());
        Assert.Equal((_first, false), (after.GetProperty("aud").GetString(), after.TryGetProperty("act", out _)));
        Assert.NotEqual(before.GetProperty("jti").GetString(), after.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task The_API_it_is_for_hears_of_it_and_no_other()
    {
        var token = Token(await Exchange(_app, await SignIn()));
        var answer = (await _server.Introspect(token, _keys[_first])).IsOk().Json;
        Assert.Equal((true, _first, _server.Account.Id), (answer.GetProperty("active").GetBoolean(), answer.GetProperty("aud").GetString(), answer.GetProperty("sub").GetString()));
        Assert.True((await _server.Introspect(token, _keys[_app])).IsOk().Json.GetProperty("active").GetBoolean());
        (await _server.Introspect(token, _keys[_second])).Is(200, Inactive);
        (await _server.Introspect(token, _server.OtherApiKey)).Is(200, Inactive);
    }

    [Fact]
    public async Task An_API_that_asks_the_next_one_is_named_as_who_acts_and_the_chain_ends_there()
    {
        var token = Token(await Exchange(_first, await SignIn(), ("audience", _second)));
        Assert.Equal((_app, _first), (CodeFlow.Claims(token).GetProperty("client_id").GetString(), Actor(CodeFlow.Claims(token))));
        Assert.Equal(_first, Actor((await _server.Introspect(token, _keys[_second])).IsOk().Json));
        (await Exchange(_second, token)).IsRefused("invalid_grant");
        (await Exchange(_app, token)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task What_was_made_for_one_API_another_does_not_exchange()
    {
        var token = Token(await Exchange(_app, await SignIn()));
        (await Exchange(_second, token, ("audience", _second))).IsRefused("invalid_grant");
        Assert.Equal(_first, Actor(CodeFlow.Claims(Token(await Exchange(_first, token, ("audience", _second))))));
    }

    [Fact]
    public async Task Less_may_be_asked_for_and_more_may_not()
    {
        var subject = await SignIn();
        var less = Token(await Exchange(_app, subject, ("scope", "profile")));
        Assert.Equal("profile", CodeFlow.Claims(less).GetProperty("scope").GetString());
        (await Exchange(_app, subject, ("scope", "openid npwp"))).IsRefused("invalid_scope");
        (await Exchange(_first, Token(await Exchange(_app, subject, ("scope", "profile"))), ("audience", _second), ("scope", "openid"))).IsRefused("invalid_scope");
    }

    [Fact]
    public async Task It_lasts_no_longer_than_what_it_was_made_of()
    {
        var subject = await SignIn();
        _server.Clock.Pass(TimeSpan.FromMinutes(10));
        var reply = (await Exchange(_app, subject)).IsOk();
        Assert.Equal(300, reply.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal(CodeFlow.Claims(subject).GetProperty("exp").GetInt64(), CodeFlow.Claims(Token(reply)).GetProperty("exp").GetInt64());
        _server.Clock.Pass(TimeSpan.FromMinutes(5));
        (await Exchange(_app, subject)).IsRefused("invalid_grant");
        (await _server.Introspect(Token(reply), _keys[_first])).Is(200, Inactive);
    }

    [Fact]
    public async Task It_ends_with_the_grant_it_is_of()
    {
        var subject = await SignIn();
        var token = Token(await Exchange(_app, subject));
        Assert.Equal(200, (await _server.PostForm("/oauth/revoke", [("token", subject)])).Status);
        (await _server.Introspect(token, _keys[_first])).Is(200, Inactive);
        (await Exchange(_app, subject)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task It_opens_nothing_here()
    {
        var token = Token(await Exchange(_app, await SignIn("openid profile offline_access basic_info")));
        foreach (var path in (string[])["/oauth/userinfo", "/v1/user/me"]) (await _server.Get(path, ("Authorization", $"Bearer {token}"))).IsRefused("invalid_token", 401);
    }

    [Fact]
    public async Task A_token_that_is_bound_to_a_key_is_exchanged_with_that_key_alone_and_stays_bound()
    {
        using Signer own = Signer.Es256(), thief = Signer.Es256();
        var (key, wrong) = (new DpopKey(_server, own), new DpopKey(_server, thief));
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback(("client_id", _app)))["code"];
        var subject = Token(await key.Token([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CodeFlow.Callback), ("code_verifier", flow.Verifier), ("client_id", _app), ("client_secret", _keys[_app])]));
        (await Exchange(_app, subject)).IsRefused("invalid_grant");
        (await wrong.Token(Fields(_app, subject))).IsRefused("invalid_grant");
        (await Exchange(_first, subject, ("audience", _second))).IsRefused("invalid_grant");
        var reply = (await key.Token(Fields(_app, subject))).IsOk();
        Assert.Equal(("DPoP", key.Thumbprint), (reply.Json.GetProperty("token_type").GetString(), CodeFlow.Claims(Token(reply)).GetProperty("cnf").GetProperty("jkt").GetString()));
    }

    [Fact]
    public async Task Who_may_not_is_refused()
    {
        var subject = await SignIn();
        (await _server.PostForm("/oauth/token", Fields(_app, subject).Where(f => f.Name != "client_secret"))).IsRefused("invalid_client", 401);
        var stranger = Named("app");
        _keys[stranger] = await CodeFlow.Register(_server, stranger, keyed: true, new ClientSettings { GrantTypes = [Urn] });
        (await Exchange(stranger, subject)).IsRefused("invalid_grant");
        var unregistered = Named("app");
        _keys[unregistered] = await CodeFlow.Register(_server, unregistered, keyed: true);
        (await Exchange(unregistered, subject)).IsRefused("unauthorized_client");
        (await Exchange(_app, (await _server.SignIn()).Access)).IsRefused("invalid_grant");
    }

    [Theory]
    [InlineData("subject_token_type", "urn:ietf:params:oauth:token-type:id_token", "invalid_request")]
    [InlineData("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token", "invalid_request")]
    [InlineData("actor_token", "x", "invalid_request")]
    [InlineData("subject_token", "", "invalid_request")]
    [InlineData("subject_token", "a.b.c", "invalid_grant")]
    [InlineData("audience", "client-1", "invalid_target")]
    [InlineData("audience", "nobody", "invalid_target")]
    [InlineData("resource", "https://api.example.com", "invalid_target")]
    public async Task One_thing_wrong_is_refused(string name, string value, string error) => (await Exchange(_app, await SignIn(), (name, value))).IsRefused(error);

    [Fact]
    public async Task A_token_that_nobody_gave_is_exchanged_by_nobody()
    {
        var machine = Named("app");
        _keys[machine] = await CodeFlow.Register(_server, machine, keyed: true, new ClientSettings { GrantTypes = [Urn, "client_credentials"], Scope = "read" });
        var own = Token(await _server.PostForm("/oauth/token", [("grant_type", "client_credentials"), ("client_id", machine), ("client_secret", _keys[machine])]));
        (await Exchange(machine, own)).IsRefused("invalid_grant");
        (await Exchange(_first, own, ("audience", _second))).IsRefused("invalid_grant");
    }

    private static string Named(string kind) => $"{kind}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}";

    private static string Token(Reply reply) => reply.IsOk().Json.GetProperty("access_token").GetString()!;

    private static string? Actor(JsonElement said) => said.GetProperty("act").GetProperty("sub").GetString();

    private async Task<string> SignIn(string scope = "openid profile offline_access")
    {
        var flow = new CodeFlow(_server);
        return Token(await flow.Exchange((await flow.ToCallback(("client_id", _app), ("scope", scope)))["code"], _keys[_app], ("client_id", _app)));
    }

    private Task<Reply> Exchange(string by, string subject, params (string Name, string Value)[] changed) => _server.PostForm("/oauth/token", Fields(by, subject, changed));

    private List<(string Name, string Value)> Fields(string by, string subject, params (string Name, string Value)[] changed)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = Urn, ["client_id"] = by, ["client_secret"] = _keys[by], ["subject_token"] = subject, ["subject_token_type"] = AccessTokenType, ["audience"] = _first,
        };
        foreach (var (name, value) in changed) all[name] = value;
        return [.. all.Select(p => (p.Key, p.Value))];
    }
}

public sealed class TokenExchangeOnSqlite(ServerOn<SqliteStore> on) : TokenExchangeContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class TokenExchangeOnPostgres(ServerOn<PostgresStore> on) : TokenExchangeContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using System.Security.Cryptography;
using Gapura.Platforms;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A platform asks in its own name (RFC 6749 section 4.4): its token says no more than that, and opens nothing of anybody's.</summary>
public abstract class ClientCredentialsContract
{
    private const string Inactive = """{"active":false}""";
    private readonly GapuraServer _server;
    private readonly string _id = $"mesin-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}";

    private protected ClientCredentialsContract(GapuraServer server) => _server = server;

    [Fact]
    public async Task A_platform_has_a_token_of_its_own_and_nothing_beside_it()
    {
        var reply = (await Ask(await Register("read write"))).IsOk();
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal(["access_token", "token_type", "expires_in", "scope"], reply.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("Bearer", 900, "read write"), (reply.Json.GetProperty("token_type").GetString(), reply.Json.GetProperty("expires_in").GetInt32(), reply.Json.GetProperty("scope").GetString()));
        var claims = CodeFlow.Claims(Token(reply));
        Assert.Equal(["iss", "aud", "sub", "client_id", "iat", "exp", "jti", "scope"], claims.EnumerateObject().Select(m => m.Name));
        Assert.Equal((_id, _id), (claims.GetProperty("sub").GetString(), claims.GetProperty("client_id").GetString()));
    }

    [Fact]
    public async Task Less_than_was_registered_is_given_and_more_is_refused()
    {
        var key = await Register("read write");
        Assert.Equal("write", (await Ask(key, ("scope", "write"))).IsOk().Json.GetProperty("scope").GetString());
        (await Ask(key, ("scope", "write delete"))).IsRefused("invalid_scope");
    }

    [Fact]
    public async Task Without_its_secret_nobody_asks_in_its_name()
    {
        await Register("read");
        (await Ask(null)).IsRefused("invalid_client", 401);
        (await Ask("gpk_wrong")).IsRefused("invalid_client", 401);
        (await Ask(_server.OtherApiKey)).IsRefused("invalid_client", 401);
    }

    [Fact]
    public async Task A_client_that_keeps_no_secret_has_no_name_to_ask_in()
    {
        await CodeFlow.Register(_server, _id, client: new ClientSettings { GrantTypes = ["client_credentials"], Scope = "read" });
        (await Ask(null)).IsRefused("invalid_client", 401);
    }

    [Fact]
    public async Task A_platform_that_did_not_register_it_may_not()
    {
        var key = await CodeFlow.Register(_server, _id, keyed: true);
        (await Ask(key)).IsRefused("unauthorized_client");
    }

    [Fact]
    public async Task Its_owner_and_the_APIs_hear_of_it_until_that_one_token_is_revoked()
    {
        var key = await Register("read");
        var (token, other) = (Token(await Ask(key)), Token(await Ask(key)));
        foreach (var asking in (string[])[key, _server.ResourceApiKey])
        {
            var answer = (await _server.Introspect(token, asking)).IsOk().Json;
            Assert.Equal((true, _id, _id), (answer.GetProperty("active").GetBoolean(), answer.GetProperty("sub").GetString(), answer.GetProperty("client_id").GetString()));
            Assert.False(answer.TryGetProperty("username", out _) || answer.TryGetProperty("npwp", out _));
        }

        (await _server.Introspect(token, _server.OtherApiKey)).Is(200, Inactive);
        Assert.Equal(200, (await _server.PostForm("/oauth/revoke", [("token", token), ("client_id", _id), ("client_secret", key)])).Status);
        (await _server.Introspect(token, key)).Is(200, Inactive);
        (await _server.Introspect(token, _server.ResourceApiKey)).Is(200, Inactive);
        Assert.True((await _server.Introspect(other, key)).IsOk().Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task It_is_nobody_s_token_whatever_its_scope_says()
    {
        var token = Token(await Ask(await Register("openid profile basic_info keys_op")));
        foreach (var path in (string[])["/oauth/userinfo", "/v1/user/me", "/v1/keys"])
            (await _server.Get(path, ("Authorization", $"Bearer {token}"))).IsRefused("invalid_token", 401);
    }

    private static string Token(Reply reply) => reply.IsOk().Json.GetProperty("access_token").GetString()!;

    private Task<string> Register(string scope) => CodeFlow.Register(_server, _id, keyed: true, new ClientSettings { GrantTypes = ["client_credentials"], Scope = scope });

    private Task<Reply> Ask(string? key, params (string Name, string Value)[] more) => _server.PostForm(
        "/oauth/token", [("grant_type", "client_credentials"), ("client_id", _id), .. key is null ? ((string, string)[])[] : [("client_secret", key)], .. more]);
}

public sealed class ClientCredentialsOnSqlite(ServerOn<SqliteStore> on) : ClientCredentialsContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class ClientCredentialsOnPostgres(ServerOn<PostgresStore> on) : ClientCredentialsContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using Gapura.Platforms;
using Gapura.Tests.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>Token requests as older callbacks send them: read where a platform is let in so, refused everywhere else.</summary>
public abstract class OldRequestContract
{
    private readonly GapuraServer _server;

    private protected OldRequestContract(GapuraServer server) => _server = server;

    [Fact]
    public async Task An_old_callback_has_its_tokens_and_each_way_it_came_is_written_down()
    {
        var platform = await OldPlatform.LetInBy(_server, Quirks.QueryParameters, Quirks.NoGrantType);
        using var seen = new OldWaysSeen(_server, platform.ClientId);
        var reply = await InAddress(platform, (await platform.ToCallback("basic_info"))["code"]);
        var (access, refresh) = (reply.IsOk().Json.GetProperty("access_token").GetString(), reply.Json.GetProperty("refresh_token").GetString());
        reply.Is(200, $$"""{"access_token":"{{access}}","token_type":"Bearer","expires_in":900,"refresh_token":"{{refresh}}"}""");
        (await _server.Me(access!)).IsOk();
        Assert.Equal([$"Warning: Platform {platform.ClientId} was let in by an old way: query-parameters.", $"Warning: Platform {platform.ClientId} was let in by an old way: no-grant-type."], seen.Lines);
        Assert.Equal(["query-parameters 1", "no-grant-type 1"], seen.Counted);
        Assert.DoesNotContain(seen.Lines, line => line.Contains(platform.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_grant_type_in_the_body()
    {
        var platform = await OldPlatform.LetInBy(_server, Quirks.NoGrantType);
        using var seen = new OldWaysSeen(_server, platform.ClientId);
        (await Unsaid(platform, (await platform.ToCallback("basic_info"))["code"])).IsOk();
        Assert.Equal(["no-grant-type 1"], seen.Counted);

        // What says what it is, is not old.
        (await platform.Exchange((await platform.ToCallback("basic_info"))["code"])).IsOk();
        Assert.Single(seen.Counted);
    }

    [Fact]
    public async Task Nobody_is_let_in_so_by_himself()
    {
        var platform = await OldPlatform.Register(_server);
        using var seen = new OldWaysSeen(_server, platform.ClientId);
        var code = (await platform.ToCallback("basic_info"))["code"];
        (await InAddress(platform, code)).IsRefused("invalid_client", 401);
        (await InAddress(platform, code, ("grant_type", "authorization_code"), ("redirect_uri", CodeFlow.Callback))).IsRefused("invalid_client", 401);
        (await Unsaid(platform, code)).IsRefused("invalid_request", "grant_type is missing.");
        Assert.Empty(seen.Counted);
        (await platform.Exchange(code)).IsOk();
    }

    [Fact]
    public async Task One_old_way_is_not_the_other()
    {
        var address = await OldPlatform.LetInBy(_server, Quirks.QueryParameters);
        var code = (await address.ToCallback("basic_info"))["code"];
        (await InAddress(address, code)).IsRefused("invalid_request", "grant_type is missing.");
        (await Unsaid(address, code)).IsRefused("invalid_request", "grant_type is missing.");
        (await InAddress(address, code, ("grant_type", "authorization_code"))).IsOk();

        var unsaid = await OldPlatform.LetInBy(_server, Quirks.NoGrantType);
        (await InAddress(unsaid, (await unsaid.ToCallback("basic_info"))["code"])).IsRefused("invalid_client", 401);
    }

    [Fact]
    public async Task The_secret_must_be_right_wherever_it_is()
    {
        var platform = await OldPlatform.LetInBy(_server, Quirks.QueryParameters, Quirks.NoGrantType);
        using var seen = new OldWaysSeen(_server, platform.ClientId);
        var code = (await platform.ToCallback("basic_info"))["code"];
        (await InAddress(platform, code, ("client_secret", _server.ApiKey))).IsRefused("invalid_client", 401);
        (await InAddress(platform, code, ("client_secret", "wrong"))).IsRefused("invalid_client", 401);
        (await InAddress(platform, code, ("client_secret", null))).IsRefused("invalid_client", 401);
        Assert.Empty(seen.Counted);
        Assert.Empty(seen.Lines);
        (await InAddress(platform, code)).IsOk();
    }

    [Fact]
    public async Task Nothing_is_said_twice_and_no_address_is_guessed()
    {
        var platform = await OldPlatform.LetInBy(_server, Quirks.QueryParameters, Quirks.NoGrantType);
        var code = (await platform.ToCallback("basic_info"))["code"];
        (await _server.PostForm($"/oauth/token?client_id={platform.ClientId}&code={code}", [("client_id", platform.ClientId), ("client_secret", platform.Key)])).IsRefused("invalid_request", "A parameter appears twice.");
        (await _server.PostForm($"/oauth/token?client_id={platform.ClientId}&code={code}&code=x", [("client_secret", platform.Key)])).IsRefused("invalid_request", "A parameter appears twice.");
        (await InAddress(platform, code)).IsOk();

        var several = await OldPlatform.Register(_server, new ClientSettings { Quirks = [Quirks.QueryParameters, Quirks.NoGrantType] }, CodeFlow.Callback, "https://app.example.com/other");
        code = (await several.ToCallback("basic_info"))["code"];
        (await InAddress(several, code)).IsRefused("invalid_request", "redirect_uri is missing.");
        (await InAddress(several, code, ("redirect_uri", CodeFlow.Callback))).IsOk();
    }

    [Fact]
    public async Task A_refresh_token_is_not_traded_by_an_old_request()
    {
        var platform = await OldPlatform.LetInBy(_server, Quirks.QueryParameters, Quirks.NoGrantType);
        var (_, refresh) = await platform.SignIn("basic_info");
        (await _server.PostForm("/oauth/token", [("refresh_token", refresh), ("client_id", platform.ClientId), ("client_secret", platform.Key)])).IsRefused("invalid_request", "grant_type is missing.");
        (await _server.Post($"/oauth/token?grant_type=refresh_token&refresh_token={refresh}&client_id={platform.ClientId}&client_secret={platform.Key}", [], null)).IsRefused("invalid_request", "refresh_token is missing.");
    }

    [Fact]
    public async Task Whoever_asks_in_words_that_are_not_documented_is_told_what_was_given()
    {
        var platform = await OldPlatform.Register(_server);
        var reply = await platform.Exchange((await platform.ToCallback("profile basic_info"))["code"]);
        Assert.Equal(["access_token", "token_type", "expires_in", "refresh_token", "scope"], reply.IsOk().Json.EnumerateObject().Select(m => m.Name));
    }

    private Task<Reply> InAddress(OldPlatform platform, string code, params (string Name, string? Value)[] changed)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["client_id"] = platform.ClientId, ["client_secret"] = platform.Key };
        foreach (var (name, value) in changed) all[name] = value;
        return _server.Post(QueryHelpers.AddQueryString("/oauth/token", all.Where(p => p.Value is not null)), [], null);
    }

    private Task<Reply> Unsaid(OldPlatform platform, string code) =>
        _server.PostForm("/oauth/token", [("client_id", platform.ClientId), ("client_secret", platform.Key), ("code", code), ("redirect_uri", CodeFlow.Callback)]);
}

public sealed class OldRequestOnSqlite(ServerOn<SqliteStore> on) : OldRequestContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class OldRequestOnPostgres(ServerOn<PostgresStore> on) : OldRequestContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

using System.Text;
using System.Text.Json;
using Gapura.OpenId.Registration;
using Gapura.Platforms;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gapura.Tests.OpenId.Registration;

/// <summary>Platforms that register themselves (RFC 7591, RFC 7592), named after the conformance suite's modules where there is one.</summary>
public abstract class RegistrationContract
{
    private const string Usual = """{"client_name":"Aplikasi","redirect_uris":["https://app.example.com/cb"]}""";
    private readonly GapuraServer _server;

    private protected RegistrationContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Oidcc_registration_a_client_registers_and_signs_people_in()
    {
        var reply = await Register($$"""{"client_name":"Aplikasi","redirect_uris":["{{CodeFlow.Callback}}"],"contacts":["a@example.com"],"logo_uri":"https://app.example.com/logo.png","x":{"unknown":[1]} }""");
        Assert.Equal(201, reply.Status);
        Assert.Equal("no-store", reply["Cache-Control"]);
        var id = Text(reply.Json, "client_id");
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal("""["code"]""", reply.Json.GetProperty("response_types").GetRawText());
        Assert.Equal(["client_secret_basic", "RS256", "public", "Aplikasi", $"{_server.Issuer}/oauth/register/{id}"],
            ((string[])["token_endpoint_auth_method", "id_token_signed_response_alg", "subject_type", "client_name", "registration_client_uri"]).Select(m => Text(reply.Json, m)));
        Assert.Equal("""["authorization_code"]""", reply.Json.GetProperty("grant_types").GetRawText());
        Assert.Equal(0, reply.Json.GetProperty("client_secret_expires_at").GetInt64());
        Assert.DoesNotContain("gapura_", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("logo_uri", reply.Text, StringComparison.Ordinal);
        Assert.Equal("PT Mitra", _server.Get<PlatformRegister>().Active(id)!.Company);

        var flow = new CodeFlow(_server);
        var tokens = (await flow.Exchange((await flow.ToCallback(("client_id", id)))["code"], Text(reply.Json, "client_secret"), ("client_id", id))).IsOk().Json;
        Assert.Equal(id, CodeFlow.Claims(Text(tokens, "id_token")).GetProperty("aud").GetString());
    }

    [Fact]
    public async Task Without_a_live_token_nothing_is_registered_and_every_dead_one_looks_alike()
    {
        var rows = await _server.Rows("registration_tokens");
        Assert.Equal("Bearer realm=\"Gapura\"", (await _server.Post("/oauth/register", Usual)).IsRefused("invalid_token", 401)["WWW-Authenticate"]);
        var tokens = _server.Get<RegistrationTokens>();
        var (revoked, revokedToken) = await tokens.Issue("PT", 1, _server.Clock.Now.AddDays(1), Ct);
        Assert.True(await tokens.Revoke(revoked.Id, Ct));
        var (_, expired) = await tokens.Issue("PT", 1, _server.Clock.Now, Ct);
        var replies = new List<Reply>();
        foreach (var dead in (string[])["gpi_unknown", "x", revokedToken.Reveal(), expired.Reveal()])
            replies.Add(await _server.Post("/oauth/register", Usual, ("Authorization", $"Bearer {dead}")));
        Assert.Single(replies.Select(r => r.IsRefused("invalid_token", 401).Outside).Distinct());
        Assert.Equal(rows, await _server.Rows("registration_tokens"));
    }

    [Fact]
    public async Task Of_16_registrations_at_once_with_a_token_for_three_three_are_registered()
    {
        var (_, token) = await _server.Get<RegistrationTokens>().Issue("PT Mitra", 3, _server.Clock.Now.AddDays(1), Ct);
        var replies = await AtOnce.Run(16, _ => _server.Post("/oauth/register", Usual, ("Authorization", $"Bearer {token.Reveal()}")));
        Assert.Equal((3, 13), (replies.Count(r => r.Status == 201), replies.Count(r => r.Status == 401)));
        Assert.Equal(3, replies.Where(r => r.Status == 201).Select(r => Text(r.Json, "client_id")).Distinct().Count());
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { """{"client_name":"A"}""", "invalid_redirect_uri" },
        { """{"redirect_uris":[]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":[null]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example.com/cb#frag"]}""", "invalid_redirect_uri" }, // oidcc-redirect-uri-regfrag
        { """{"redirect_uris":["http://app.example.com/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://*.example.com/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["javascript:alert(1)"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":"https://app.example.com/cb"}""", "invalid_client_metadata" },
        { Beside("\"response_types\":[\"token\"]"), "invalid_client_metadata" },
        { Beside("\"response_types\":[\"code id_token\"]"), "invalid_client_metadata" },
        { Beside("\"grant_types\":[\"implicit\"]"), "invalid_client_metadata" },
        { Beside("\"grant_types\":[\"client_credentials\"]"), "invalid_client_metadata" },
        { Beside("\"grant_types\":[\"urn:ietf:params:oauth:grant-type:token-exchange\"]"), "invalid_client_metadata" },
        { Beside("\"grant_types\":[\"urn:openid:params:grant-type:ciba\"]"), "invalid_client_metadata" },
        { Beside("\"application_type\":\"toaster\""), "invalid_client_metadata" },
        { Beside("\"token_endpoint_auth_method\":\"client_secret_jwt\""), "invalid_client_metadata" },
        { Beside("\"token_endpoint_auth_method\":\"private_key_jwt\""), "invalid_client_metadata" },
        { Beside("\"id_token_signed_response_alg\":\"none\""), "invalid_client_metadata" },
        { Beside("\"subject_type\":\"secret\""), "invalid_client_metadata" },
        { Beside("\"client_name\":\"a\\u0007b\""), "invalid_client_metadata" },
        { Beside("\"client_name\":\"\""), "invalid_client_metadata" },
        { Beside("\"client_name\":\"satu\\u202edua\""), "invalid_client_metadata" },
        { Beside("\"client_name\":1"), "invalid_client_metadata" },
        { Beside("\"client_name\":\"\\ud800\""), "invalid_client_metadata" },
        { Beside("\"policy_uri\":\"http://app.example.com/\""), "invalid_client_metadata" },
        { Beside("\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"), "invalid_client_metadata" },
        { Beside("\"redirect_uris\":[\"https://b.example.com/\"]"), "invalid_client_metadata" }, // a member twice
        { Beside("\"software_statement\":\"a.b.c\""), "unapproved_software_statement" },
        { Beside("\"software_statement\":\"no statement\""), "invalid_software_statement" },
        { Beside("\"sector_identifier_uri\":\"http://example.com/sector.json\""), "invalid_client_metadata" },
        { "[]", "invalid_client_metadata" },
        { "null", "invalid_client_metadata" },
        { "{", "invalid_client_metadata" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_by_its_code_and_costs_the_token_nothing(string body, string code)
    {
        var (_, token) = await _server.Get<RegistrationTokens>().Issue("PT Mitra", 1, _server.Clock.Now.AddDays(1), Ct);
        var rows = await _server.Rows();
        (await _server.Post("/oauth/register", body, ("Authorization", $"Bearer {token.Reveal()}"))).IsRefused(code);
        Assert.Equal(rows, await _server.Rows());
        Assert.Equal(201, (await _server.Post("/oauth/register", Usual, ("Authorization", $"Bearer {token.Reveal()}"))).Status);
    }

    [Fact]
    public async Task Every_hostile_body_is_refused_with_a_token_too()
    {
        var (_, token) = await _server.Get<RegistrationTokens>().Issue("PT Mitra", 1, _server.Clock.Now.AddDays(1), Ct);
        var rows = await _server.Rows();
        foreach (var (name, body) in HostileBodies.In("redirect_uris", "client_name", "jwks", "grant_types"))
        {
            var reply = await _server.Post("/oauth/register", body, "application/json", ("Authorization", $"Bearer {token.Reveal()}"));
            Assert.True(reply.Status == 400, $"{name}: {reply.Status} {reply.Text}");
        }

        Assert.Equal(rows, await _server.Rows());
    }

    [Fact]
    public async Task Oidcc_registration_policy_uri_tos_uri_and_jwks_uri_are_kept_as_they_were_said()
    {
        var reply = await Register(Beside("\"policy_uri\":\"https://app.example.com/policy\",\"tos_uri\":\"https://app.example.com/tos\",\"client_uri\":\"https://app.example.com/\",\"jwks_uri\":\"https://app.example.com/jwks\",\"token_endpoint_auth_method\":\"private_key_jwt\",\"id_token_signed_response_alg\":\"ES256\",\"scope\":\"openid npwp customs:write\""));
        Assert.Equal(["https://app.example.com/policy", "https://app.example.com/tos", "https://app.example.com/", "https://app.example.com/jwks", "ES256", "openid npwp"],
            ((string[])["policy_uri", "tos_uri", "client_uri", "jwks_uri", "id_token_signed_response_alg", "scope"]).Select(m => Text(reply.Json, m)));
        Assert.False(reply.Json.TryGetProperty("client_secret", out _));
        Assert.False(_server.Get<ApiKeys>().IsKeyed(Text(reply.Json, "client_id")));
    }

    [Fact]
    public async Task Oidcc_registration_sector_uri_is_fetched_and_sector_bad_is_refused()
    {
        await using var sectors = await SectorServer.Start("""["https://app.example.com/cb","https://dua.example.com/cb"]""");
        var good = """{"redirect_uris":["https://app.example.com/cb","https://dua.example.com/cb"],"subject_type":"pairwise","sector_identifier_uri":"URI"}""".Replace("URI", sectors.Uri, StringComparison.Ordinal);
        Assert.Equal(201, (await Register(good)).Status);
        (await Register(good.Replace("dua.", "tiga.", StringComparison.Ordinal))).IsRefused("invalid_client_metadata", "sector_identifier_uri does not list every redirect URI.");
        (await Register(good.Replace("sector.json", "redirect", StringComparison.Ordinal))).IsRefused("invalid_client_metadata", "sector_identifier_uri could not be fetched.");
        (await Register(good.Replace("sector.json", "object", StringComparison.Ordinal))).IsRefused("invalid_client_metadata", "sector_identifier_uri must hold a JSON array.");
        (await Register(good.Replace("sector.json", "large", StringComparison.Ordinal))).IsRefused("invalid_client_metadata", "sector_identifier_uri could not be fetched.");
        (await Register(good.Replace(sectors.Uri, "https://10.0.0.1/sector.json", StringComparison.Ordinal))).IsRefused("invalid_client_metadata", "sector_identifier_uri could not be fetched.");
    }

    [Theory] // oidcc-ensure-registered-redirect-uri, oidcc-redirect-uri-query-OK, -mismatch, -added
    [InlineData("https://app.example.com/cb?foo=bar", true)]
    [InlineData("https://app.example.com/cb?foo=baz", false)]
    [InlineData("https://app.example.com/cb?foo=bar&x=1", false)]
    [InlineData("https://app.example.com/cb", false)]
    [InlineData("https://app.example.com/cb/?foo=bar", false)]
    public async Task Oidcc_redirect_uri_is_the_exact_string_that_was_registered(string uri, bool isRegistered)
    {
        var registered = await Register("""{"redirect_uris":["https://app.example.com/cb?foo=bar"],"client_name":"Aplikasi"}""");
        var reply = await new CodeFlow(_server).Authorize(("client_id", Text(registered.Json, "client_id")), ("redirect_uri", uri));
        Assert.Equal(isRegistered ? 303 : 400, reply.Status);
    }

    [Fact]
    public async Task The_registration_is_read_replaced_and_ended_with_its_own_token()
    {
        var registered = (await Register(Usual)).Json;
        var (id, token, secret) = (Text(registered, "client_id"), Text(registered, "registration_access_token"), Text(registered, "client_secret"));
        var at = $"/oauth/register/{id}";
        var bearer = ("Authorization", $"Bearer {token}");
        Assert.Equal(Without(registered, "client_secret", "client_secret_expires_at"), Without((await _server.Get(at, bearer)).IsOk().Json));

        var changed = await Put(at, $$"""{"client_id":"{{id}}","client_secret":"{{secret}}","client_name":"Nama Baru","redirect_uris":["https://app.example.com/new"],"subject_type":"pairwise"}""", bearer);
        Assert.Equal(("Nama Baru", token, "pairwise"), (Text(changed.IsOk().Json, "client_name"), Text(changed.Json, "registration_access_token"), Text(changed.Json, "subject_type")));
        Assert.False(changed.Json.TryGetProperty("client_secret", out _));
        Assert.Equal("Nama Baru", _server.Get<PlatformRegister>().Active(id)!.Name);

        (await Put(at, """{"client_id":"another","redirect_uris":["https://app.example.com/new"]}""", bearer)).IsRefused("invalid_client_metadata");
        (await Put(at, """{"redirect_uris":["https://app.example.com/new"]}""", bearer)).IsRefused("invalid_client_metadata");
        (await Put(at, $$"""{"client_id":"{{id}}","client_secret":"guess","redirect_uris":["https://app.example.com/new"]}""", bearer)).IsRefused("invalid_client_metadata");
        (await Put(at, $$"""{"client_id":"{{id}}","redirect_uris":["http://app.example.com/new"]}""", bearer)).IsRefused("invalid_redirect_uri");
        Assert.Equal("Nama Baru", _server.Get<PlatformRegister>().Active(id)!.Name);

        var unknown = await _server.Get(at, ("Authorization", "Bearer gpm_unknown"));
        Assert.Equal(204, (await _server.Send(HttpMethod.Delete, at, null, bearer)).Status);
        foreach (var (address, shown) in ((string, string)[])[(at, token), ("/oauth/register/nobody", token), ($"/oauth/register/{GapuraServer.ClientId}", token), ($"/oauth/register/{GapuraServer.ClientId}", "x")])
            Assert.Equal(unknown.Outside, (await _server.Get(address, ("Authorization", $"Bearer {shown}"))).Outside);
        Assert.Null(_server.Get<PlatformRegister>().Active(id));
        Assert.Null(_server.Get<ApiKeys>().Verify(secret));
    }

    [Fact]
    public async Task A_way_of_proving_is_changed_and_the_secret_comes_and_goes_with_it()
    {
        var registered = (await Register(Beside("\"token_endpoint_auth_method\":\"none\""))).Json;
        var (id, at) = (Text(registered, "client_id"), $"/oauth/register/{Text(registered, "client_id")}");
        var bearer = ("Authorization", $"Bearer {Text(registered, "registration_access_token")}");
        Assert.False(_server.Get<ApiKeys>().IsKeyed(id));
        var body = $$"""{"client_id":"{{id}}","redirect_uris":["https://app.example.com/cb"],"token_endpoint_auth_method":"METHOD"}""";
        var secret = Text((await Put(at, body.Replace("METHOD", "client_secret_post", StringComparison.Ordinal), bearer)).IsOk().Json, "client_secret");
        Assert.NotNull(_server.Get<ApiKeys>().Verify(secret));
        (await Put(at, body.Replace("METHOD", "none", StringComparison.Ordinal), bearer)).IsOk();
        Assert.Null(_server.Get<ApiKeys>().Verify(secret));
    }

    [Fact]
    public async Task What_an_operator_gave_stays_when_the_platform_changes_itself_and_it_gives_itself_nothing()
    {
        var registered = (await Register(Beside("\"gapura_quirks\":[\"query-parameters\"],\"gapura_registration_token_hash\":\"00\""))).Json;
        var (id, bearer) = (Text(registered, "client_id"), ("Authorization", $"Bearer {Text(registered, "registration_access_token")}"));
        var register = _server.Get<PlatformRegister>();
        Assert.Null(register.Active(id)!.Client.Quirks);
        Assert.True(await register.SetClient(id, c => c with { ScopeClaimsInIdToken = true, GrantTypes = ["authorization_code", "client_credentials"], Scope = "customs:read", Quirks = ["query-parameters"] }, Ct));
        Assert.True(await register.SetOAuthOnly(id, false, Ct));
        await _server.Follow();
        var body = """{"client_id":"ID","redirect_uris":["https://app.example.com/cb"],"grant_types":["authorization_code","client_credentials"],"scope":"customs:read customs:write"}""".Replace("ID", id, StringComparison.Ordinal);
        (await Put($"/oauth/register/{id}", body, bearer)).IsOk();
        var after = register.Active(id)!;
        Assert.Equal(("customs:read", true, true, false), (after.Client.Scope, after.Client.Has("query-parameters"), after.Client.ScopeClaimsInIdToken == true, after.IsOAuthOnly));
    }

    [Fact]
    public async Task The_two_doors_know_no_more_of_it_than_of_an_unknown_one_until_an_operator_says_so()
    {
        var registered = (await Register(Usual)).Json;
        var (id, secret) = (Text(registered, "client_id"), Text(registered, "client_secret"));
        Task<Reply> Ticket(string key) => _server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", key));
        Task<Reply> Code(string clientId) => _server.Post("/v1/qrAuth", $$"""{"clientId":"{{clientId}}","nonce":"{{QrSteps.NewNonce()}}"}""");
        Assert.Equal((await Ticket("gpk_unknown_unknown_unknown")).Outside, (await Ticket(secret)).Outside);
        Assert.Equal((await Code("nobody")).Outside, (await Code(id)).Outside);

        Assert.True(await _server.Get<PlatformRegister>().SetOAuthOnly(id, false, Ct));
        await _server.Follow();
        (await Ticket(secret)).IsOk();
        (await Code(id)).IsOk();
    }

    [Fact]
    public async Task Other_methods_and_other_bodies_are_refused()
    {
        var token = await Token();
        Assert.Equal("POST", (await _server.Get("/oauth/register")).IsRefused("method_not_allowed", 405)["Allow"]);
        Assert.Equal("GET, PUT, DELETE", (await _server.Post("/oauth/register/x", "{}")).IsRefused("method_not_allowed", 405)["Allow"]);
        (await _server.Post("/oauth/register", Encoding.UTF8.GetBytes("redirect_uris=a"), "application/x-www-form-urlencoded", ("Authorization", $"Bearer {token}"))).IsRefused("invalid_client_metadata");
        (await _server.Post("/oauth/register", Beside($"\"x\":\"{new string('a', 17_000)}\""), ("Authorization", $"Bearer {token}"))).IsRefused("invalid_client_metadata", "The body is larger than 16 KiB.");
    }

    private static string Beside(string members) => $"{Usual[..^1]},{members}}}".Replace(members.StartsWith("\"client_name\"", StringComparison.Ordinal) ? "\"client_name\":\"Aplikasi\"," : "\u0000", "", StringComparison.Ordinal);

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private static string Without(JsonElement json, params string[] members) => string.Join('\n', json.EnumerateObject().Where(m => !members.Contains(m.Name)).Select(m => $"{m.Name}: {m.Value.GetRawText()}"));

    private async Task<string> Token() => (await _server.Get<RegistrationTokens>().Issue("PT Mitra", 1, _server.Clock.Now.AddDays(1), Ct)).Token.Reveal();

    private async Task<Reply> Register(string body) => await _server.Post("/oauth/register", body, ("Authorization", $"Bearer {await Token()}"));

    private async Task<Reply> Put(string path, string body, (string, string) bearer)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _server.Send(HttpMethod.Put, path, content, bearer);
    }

    /// <summary>A platform's own site, on this machine.</summary>
    private sealed class SectorServer(WebApplication app) : IAsyncDisposable
    {
        public string Uri => $"{app.Urls.First()}/sector.json";

        public static async Task<SectorServer> Start(string document)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/sector.json", () => Results.Text(document, "application/json"));
            app.MapGet("/redirect", () => Results.Redirect("/sector.json"));
            app.MapGet("/object", () => Results.Text("{}", "application/json"));
            app.MapGet("/large", () => Results.Text(new string(' ', 200_000), "application/json"));
            await app.StartAsync(Ct);
            return new(app);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}

public sealed class RegistrationOnSqlite(ServerOn<SqliteStore> on) : RegistrationContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class RegistrationOnPostgres(ServerOn<PostgresStore> on) : RegistrationContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

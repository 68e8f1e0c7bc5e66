using System.Security.Cryptography;
using System.Text;
using Gapura.Platforms;
using Gapura.Tests.OpenId;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.Developers;

/// <summary>What a platform was refused is there for it to see: whose it was, why, and not one value of it.</summary>
public abstract class RefusedRequestsContract : IAsyncLifetime
{
    private readonly GapuraServer _server;
    private readonly string _clientId = "toko" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private string _domain = "", _key = "";

    private protected RefusedRequestsContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.Clock.Pass(TimeSpan.FromMinutes(61));
        _domain = $"https://{_clientId}.example.com";
        _key = await _server.AddPlatform(_clientId, "Toko", "PT Toko", null, _domain);
        await _server.Get<PlatformRegister>().Update(_server.Get<PlatformRegister>().Active(_clientId)! with { RedirectUris = [CodeFlow.Callback] }, Ct);
        await _server.Follow();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_request_at_the_QR_door_that_names_the_platform_is_its()
    {
        (await _server.Post("/v1/qrAuth", $$"""{"clientId":"{{_clientId}}","nonce":"short"}""")).IsRefused("invalid_request");
        var one = Assert.Single(await Refused());
        Assert.Equal(("POST", "/v1/qrAuth", 400, "invalid_request", "nonce must be a random text of 8 to 256 characters.", "clientId, nonce", RefusedProof.Named), (one.Method, one.Path, one.Status, one.Code, one.Sentence, one.Parameters, one.Proof));
        Assert.Equal("nonce", ParameterNames.In(one.Sentence));
        Assert.Equal(_server.Clock.Now, one.At);
    }

    [Fact]
    public async Task A_revoked_an_expired_and_a_mistyped_key_are_refused_alike_and_told_apart_to_their_platform()
    {
        var keys = _server.Get<ApiKeys>();
        var (expiring, expired) = (await keys.Issue(_clientId, _server.Clock.Now + TimeSpan.FromMinutes(1), Ct))!.Value;
        await _server.Pass(TimeSpan.FromMinutes(2));
        var (revoking, revoked) = (await keys.Issue(_clientId, null, Ct))!.Value;
        await keys.Revoke(revoking.Id, Ct);
        await _server.Follow();
        var outsides = new HashSet<string>();
        foreach (var shown in new[] { expired.Reveal(), revoked.Reveal(), _key[..^1], "gpk_0123456789abcdef_nobodys" })
        {
            outsides.Add((await _server.Get("/V1/NLE/AuthApiKey", ("beacukai-api-key", shown))).Is(403, SeamlessSteps.NotValid).Outside);
            await _server.Get<RefusedRequests>().Flush(Ct);
            _server.Clock.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Single(outsides);
        Assert.NotEqual(expiring.Id, revoking.Id);
        Assert.Equal([(RefusedProof.Named, RefusedWhy.KeyMistyped), (RefusedProof.Key, RefusedWhy.KeyRevoked), (RefusedProof.Key, RefusedWhy.KeyExpired)], (await Refused()).Select(r => (r.Proof, r.Why)));
    }

    [Fact]
    public async Task A_popup_with_an_old_a_used_and_a_dead_keys_ticket_is_told_to_who_fetched_it()
    {
        var (old, used) = (await _server.Ticket(_key), "");
        await _server.Pass(TimeSpan.FromMinutes(31));
        (await new Browser(_server).OpenPopup(old)).IsPage("no longer valid", 403);
        used = await _server.Ticket(_key);
        var browser = new Browser(_server);
        (await browser.SignInAt(await browser.OpenPopup(used))).Message();
        await _server.Get<RefusedRequests>().Flush(Ct);
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await browser.OpenPopup(used)).IsPage("already complete", 403);
        Assert.Equal([("ticket_spent", RefusedWhy.Nothing, RefusedProof.Ticket), ("api_key_not_valid", RefusedWhy.TicketExpired, RefusedProof.Ticket)], (await Refused()).Select(r => (r.Code, r.Why, r.Proof)));
    }

    [Fact]
    public async Task At_the_hall_a_client_that_proved_itself_and_one_that_failed_are_told_apart()
    {
        (await _server.PostForm("/oauth/token", [("grant_type", "authorization_code"), ("client_id", _clientId), ("client_secret", _key)])).IsRefused("invalid_request");
        (await _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", _clientId), ("client_secret", "wrong")])).IsRefused("invalid_client", 401);
        (await new Browser(_server).Get($"/oauth/authorize?client_id={_clientId}&redirect_uri=https%3A%2F%2Felsewhere.example.com&response_type=code")).IsPage("redirect_uri is not one", 400);
        (await new Browser(_server).Get($"/oauth/authorize?client_id={_clientId}&redirect_uri={Uri.EscapeDataString(CodeFlow.Callback)}&response_type=token")).IsSeeOther();
        var all = (await Refused()).Select(r => (r.Path, r.Status, r.Code, r.Proof)).Order().ToList();
        Assert.Equal(
        [
            ("/oauth/authorize", 303, "unsupported_response_type", RefusedProof.Named), ("/oauth/authorize", 400, "invalid_request", RefusedProof.Named),
            ("/oauth/token", 400, "invalid_request", RefusedProof.Key), ("/oauth/token", 401, "invalid_client", RefusedProof.Named),
        ], all);
    }

    [Fact]
    public async Task A_page_of_an_origin_nobody_registered_is_told_although_its_request_was_answered()
    {
        (await _server.Post("/v1/qrAuth", $$"""{"clientId":"{{_clientId}}","nonce":"{{QrSteps.NewNonce()}}"}""", ("Origin", "http://localhost:5173"))).IsOk();

        // What JSON asks first says nothing but its origin: a port off from the registered one, it is recognised by its host.
        await _server.Send(HttpMethod.Options, "/v1/qrAuth", null, ("Origin", $"{_domain}:8443"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
        (await _server.Post("/v1/qrAuth", $$"""{"clientId":"{{_clientId}}","nonce":"{{QrSteps.NewNonce()}}"}""", ("Origin", _domain))).IsOk();
        Assert.Equal([("OPTIONS", $"{_domain}:8443"), ("POST", "http://localhost:5173")], (await Refused()).Select(r => (r.Method, r.Origin!)).Order());
        Assert.All(await Refused(), r => Assert.Equal(("origin_not_registered", RefusedWhy.OriginNotRegistered), (r.Code, r.Why)));
    }

    [Fact]
    public async Task A_popup_that_another_origin_opened_is_told_and_one_from_the_domain_is_not()
    {
        await new Browser(_server).Get("/seamlesslogin/?token=" + await _server.Ticket(_key), ("Referer", _domain + "/"));
        await new Browser(_server).Get("/seamlesslogin/?token=" + await _server.Ticket(_key), ("Referer", _server.Issuer + "/"));
        Assert.Empty(await Refused());
        await new Browser(_server).Get("/seamlesslogin/?token=" + await _server.Ticket(_key), ("Referer", $"https://www.{_clientId}.example.com/masuk?x=1"));
        var one = Assert.Single(await Refused());
        Assert.Equal(("origin_not_registered", $"https://www.{_clientId}.example.com", 200), (one.Code, one.Origin, one.Status));
    }

    [Fact]
    public async Task No_value_that_came_is_stored_wherever_it_was_put()
    {
        string[] places =
        [
            "nonce", "nonceMethod", "sessionId", "signature", "publicKey", "confirmation", "code", "verifier", "state", "username", "password", "accessToken", "client_secret", "client_assertion", "redirect_uri", "scope",
            "refresh_token", "code_verifier", "device_code", "subject_token", "login_hint", "id_token_hint", "binding_message", "token", "audience", "npwp", "an-unknown-name",
        ];
        string[] paths =
        [
            "/v1/qrAuth", "/v1/authenticate", "/v1/qrAuth/scan", "/v1/qrAuth/deny", "/v1/qrAuth/confirm", "/v1/qrAuth/collect", "/oauth/token", "/oauth/par", "/oauth/device_authorization", "/oauth/bc-authorize",
            "/oauth/introspect", "/oauth/revoke", "/oauth/refreshAccessToken", "/seamlesslogin/", "/seamlesslogin/sign-in", "/oauth/authorize", "/oauth/logout", "/rahasia-TANAM",
        ];
        (string, string)[] headers = [("beacukai-api-key", _key), ("Cookie", "gapura-session=TANAM"), ("X-TANAM", "TANAM"), ("User-Agent", "TANAM"), ("Referer", "https://tempat.example.com/TANAM?TANAM")];
        foreach (var path in paths)
            foreach (var place in places)
            {
                foreach (var clientId in (string[])["clientId", "client_id"])
                {
                    await _server.PostForm(path, [(clientId, _clientId), (place, "TANAM-018263453454543"), ("TANAM", ""), ("grant_type", "TANAM")], headers);
                    await _server.Post($"{path}?{clientId}={_clientId}&{place}=TANAM&TANAM=TANAM", $$"""{"{{place}}":"TANAM","TANAM":"TANAM"}""", ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(_clientId + ":TANAM"))));
                    await _server.Get($"{path}?{clientId}={_clientId}&{place}=TANAM&TANAM=TANAM", headers);
                }

                await _server.Get<RefusedRequests>().Flush(Ct);
            }

        Assert.NotEmpty(await Refused());
        foreach (var column in (string[])["path", "sentence", "parameters", "origin", "trace", "code", "method"])
            Assert.Equal((column, 0), (column, await Count($"UPPER({column}) LIKE '%TANAM%' OR {column} LIKE '%018263453454543%' OR {column} LIKE '%{_key}%'")));
    }

    [Fact]
    public async Task Strangers_who_say_the_client_id_push_out_nobody_but_each_other_and_a_flood_is_bounded()
    {
        (await _server.Get("/nleportal/nleportalsvc/api/v1/auth/requestToken?key=" + Slip.In(_key))).Is(403, SeamlessSteps.NotValid);
        (await _server.PostForm("/oauth/token", [("grant_type", "authorization_code"), ("client_id", _clientId), ("client_secret", _key)])).IsRefused("invalid_request");
        var requests = _server.Get<RefusedRequests>();
        for (var i = 0; i < 20_000; i++)
            requests.Note(Stranger(i) with { Sentence = $"{i}" });
        Assert.InRange(requests.Waiting, 1, 3 * RefusedRequests.MostWaiting(RefusedProof.Named) + RefusedRequests.MostWaiting(RefusedProof.Key));
        for (var second = 0; second < 20; second++)
        {
            for (var i = 0; i < 100; i++) requests.Note(Stranger(i) with { Sentence = $"{second} {i}" });
            await requests.Flush(Ct);
            _server.Clock.Pass(TimeSpan.FromSeconds(1));
        }

        var all = await Refused();
        Assert.Equal(RefusedRequests.MostKept(RefusedProof.Named), all.Count(r => r.Proof == RefusedProof.Named));
        Assert.Equal("/oauth/token", Assert.Single(all, r => r.Proof == RefusedProof.Key).Path);
        Assert.Equal("19 99", all.Where(r => r.Proof == RefusedProof.Named).MaxBy(r => r.At)!.Sentence.Split(' ')[0] + " 99");
    }

    [Fact]
    public async Task The_same_within_a_second_is_one_row_that_says_how_often()
    {
        var requests = _server.Get<RefusedRequests>();
        for (var i = 0; i < 1_000; i++) requests.Note(Stranger(0));
        Assert.Equal(1_000, (await Refused()).Sum(r => r.Times));
        Assert.InRange((await Refused()).Count, 1, 3);
    }

    [Fact]
    public async Task After_a_day_it_is_neither_shown_nor_kept()
    {
        (await _server.Post("/v1/qrAuth", $$"""{"clientId":"{{_clientId}}","nonce":"short"}""")).IsRefused("invalid_request");
        Assert.Single(await Refused());
        _server.Clock.Pass(TimeSpan.FromHours(24));
        Assert.Empty(await Refused());
        await _server.Get<RefusedRequests>().Sweep(_server.Clock.Now, Ct);
        Assert.Equal(0, await Count("1 = 1"));
    }

    [Fact]
    public async Task What_is_no_mistake_or_nobodys_is_not_written_down()
    {
        await _server.Ticket(_key);
        await _server.Open(QrSteps.NewNonce(), _clientId);
        (await _server.Post("/v1/qrAuth", """{"clientId":"nobody","nonce":"short"}""")).IsRefused("invalid_request");
        (await _server.Get($"/nowhere/at/all?client_id={_clientId}")).IsRefused("not_found", 404);
        Assert.Empty(await Refused());
    }

    [Fact]
    public async Task An_address_that_is_none_is_told_to_who_showed_a_key_in_words_of_ours_alone()
    {
        (await _server.Get("/V1/NLE/AuthApikey/rahasia?x=1", ("beacukai-api-key", _key))).Is(404, """{"error":"There is nothing at this address."}""");
        var one = Assert.Single(await Refused());
        Assert.Equal(("not_found", "/V1/NLE/…/…", RefusedProof.Key), (one.Code, one.Path, one.Proof));
    }

    private RefusedRequest Stranger(int i) => new()
    {
        ClientId = _clientId, Proof = RefusedProof.Named, At = _server.Clock.Now, Method = "POST", Path = "/v1/qrAuth", Status = 400, Code = "invalid_request", Sentence = "x", Parameters = "", Trace = $"{i}",
    };

    private async Task<IReadOnlyList<RefusedRequest>> Refused()
    {
        await _server.Get<RefusedRequests>().Flush(Ct);
        return await _server.Get<RefusedRequests>().Of(_clientId, Ct);
    }

    private Task<long> Count(string where) => _server.Database.Read(sql => sql.Value<long>($"SELECT COUNT(*) FROM refused_requests WHERE client_id = @clientId AND ({where})", new { clientId = _clientId }), Ct);
}

public sealed class RefusedRequestsOnSqlite(ServerOn<SqliteStore> on) : RefusedRequestsContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class RefusedRequestsOnPostgres(ServerOn<PostgresStore> on) : RefusedRequestsContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

/// <summary>Nothing about what was refused can make a request fail.</summary>
public sealed class RefusedWithoutStoreTests
{
    [Fact]
    public async Task A_store_that_is_away_costs_the_list_and_no_request()
    {
        await using var server = await GapuraServer.Start();
        await server.Database.Write(sql => sql.Execute("DROP TABLE refused_requests"), TestContext.Current.CancellationToken);
        (await server.Post("/v1/qrAuth", """{"clientId":"client-1","nonce":"short"}""")).IsRefused("invalid_request");
        await server.Get<RefusedRequests>().Flush(TestContext.Current.CancellationToken);
        (await server.Post("/v1/qrAuth", """{"clientId":"client-1","nonce":"short"}""")).IsRefused("invalid_request");
        await server.Ticket();
    }

    [Theory]
    [InlineData("clientId,nonce", "clientId, nonce")]
    [InlineData("client-id,redirectUri", "client-id (clientId?), redirectUri (redirect_uri?)")]
    [InlineData("hunter2secret", "1 other")]
    [InlineData("clientId,aaaa,bbbb", "clientId, 2 others")]
    [InlineData("no-n-ce", "no-n-ce (nonce?)")]
    [InlineData("-----------------n-once", "1 other")]
    public void A_name_is_kept_when_it_is_ours_or_nearly_so(string came, string kept) => Assert.Equal(kept, ParameterNames.Of(came.Split(',')));
}

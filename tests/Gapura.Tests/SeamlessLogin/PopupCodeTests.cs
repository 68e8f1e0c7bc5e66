using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tests.OpenId;
using Gapura.Tests.QrAuth;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;
using static Gapura.Tests.SeamlessLogin.SeamlessSteps;

namespace Gapura.Tests.SeamlessLogin;

/// <summary>The popup's code, at the return page and at the backend: what it gives, to whom, and once.</summary>
public abstract class PopupCodeContract : IAsyncLifetime
{
    private const string Collected = """{"access_token":"*","expires_in":900,"username":"cobajualan","npwp":"018263453454543","iss":"http://localhost:5080"}""";
    private readonly GapuraServer _server;
    private PopupFlow _flow = null!;

    private protected PopupCodeContract(GapuraServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _flow = await PopupFlow.At(_server);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(PopupFlow.Domain, null)]
    [InlineData(PopupFlow.FurtherOrigin, null)]
    [InlineData(PopupFlow.Domain, "page")]
    public async Task The_return_page_collects_the_documented_message(string origin, string? display)
    {
        var reply = (await _flow.Collect(await _flow.Code(("display", display)), origin: origin)).IsOk();
        Assert.Equal(Collected, reply.Text.Replace(AccessTokenOf(reply.Json), "*", StringComparison.Ordinal));
        Assert.Equal((origin, "no-store"), (reply["Access-Control-Allow-Origin"], reply["Cache-Control"]));
        var claims = Claims(AccessTokenOf(reply.Json));
        Assert.Equal((PopupFlow.ClientId, GapuraServer.Username, "018263453454543"), (claims.GetProperty("client_id").GetString(), claims.GetProperty("username").GetString(), claims.GetProperty("npwp").GetString()));
    }

    [Fact]
    public async Task JSON_will_do_as_well()
    {
        var reply = await _server.Post("/seamlesslogin/collect", $$"""{"code":"{{await _flow.Code()}}","code_verifier":"{{_flow.Verifier}}"}""", ("Origin", PopupFlow.Domain));
        Assert.Equal(GapuraServer.Username, reply.IsOk().Json.GetProperty("username").GetString());
    }

    [Theory]
    [InlineData("token")]
    [InlineData("code")]
    public async Task The_backend_redeems_it_for_a_token_and_the_name_beside_it(string responseType)
    {
        var code = await _flow.Code(("response_type", responseType));
        var reply = (await _flow.Redeem(code, ("redirect_uri", PopupFlow.ReturnPage))).IsOk();
        Assert.Equal(["access_token", "token_type", "expires_in", "username", "npwp"], reply.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("Bearer", GapuraServer.Username, "018263453454543"), (reply.Json.GetProperty("token_type").GetString(), reply.Json.GetProperty("username").GetString(), reply.Json.GetProperty("npwp").GetString()));
        var claims = Claims(AccessTokenOf(reply.Json));
        Assert.Equal((GapuraServer.Username, "018263453454543"), (claims.GetProperty("username").GetString(), claims.GetProperty("npwp").GetString()));
        Assert.False(claims.TryGetProperty("scope", out _));
    }

    [Fact]
    public async Task A_code_that_a_message_carried_is_redeemed_without_an_address()
    {
        (await _flow.Redeem(await _flow.MessageCode())).IsOk();
        (await _flow.Redeem(await _flow.MessageCode(), ("redirect_uri", PopupFlow.ReturnPage))).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_code_that_has_an_address_is_not_redeemed_without_it()
    {
        var code = await _flow.Code(("response_type", "code"));
        (await _flow.Redeem(code)).IsRefused("invalid_request", "redirect_uri is missing.");
        (await _flow.Redeem(code, ("redirect_uri", PopupFlow.ReturnPageWithQuery))).IsRefused("invalid_grant");
        (await _flow.Redeem(code, ("redirect_uri", PopupFlow.ReturnPage))).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Somebody_without_a_tax_number_has_an_empty_one_everywhere()
    {
        var person = await _server.AddAccount("tanpa" + PublicId.New(_server.Clock)[^8..].ToLowerInvariant());
        var browser = new Browser(_server);
        var flow = _flow;
        var collected = await flow.Collect(PopupFlow.Answer((await browser.SignInAt(await browser.OpenPopup(await _server.Ticket(flow.Key), flow.Query(PopupFlow.WholePage)), person.Username)).IsSeeOther()["Location"]!)["code"]);
        Assert.Equal("", collected.IsOk().Json.GetProperty("npwp").GetString());
        browser = new Browser(_server);
        var message = (await browser.SignInAt(await browser.OpenPopup(await _server.Ticket(flow.Key), flow.Query(PopupFlow.Backend)), person.Username)).Message().Message;
        Assert.Equal("", (await flow.Redeem(message.GetProperty("code").GetString()!)).IsOk().Json.GetProperty("npwp").GetString());
    }

    [Fact]
    public async Task A_session_and_a_phone_end_the_same_way_as_a_password()
    {
        await _flow.Code();
        _server.Clock.Pass(TimeSpan.FromMinutes(10));
        var confirm = (await _flow.Open(PopupFlow.WholePage)).IsPage("Continue as Coba Jualan");
        var bySession = (await _flow.Collect(PopupFlow.Answer((await _flow.Browser.Submit(confirm)).IsSeeOther()["Location"]!)["code"])).IsOk().Json;
        Assert.Equal(_server.Clock.Now.AddMinutes(-10).ToUnixTimeSeconds(), Claims(AccessTokenOf(bySession)).GetProperty("auth_time").GetInt64());

        var approved = (await _server.SignIn(new LiveScreen(_server, PopupFlow.ClientId))).AccessToken();
        var browser = new Browser(_server);
        var byPhone = (await browser.Post("/seamlesslogin/phone", [("token", await _server.Ticket(_flow.Key)), ("accessToken", approved), .. _flow.Fields(PopupFlow.WholePage)])).IsSeeOther()["Location"]!;
        var message = (await _flow.Collect(PopupFlow.Answer(byPhone)["code"])).IsOk().Json;
        Assert.Equal(Claims(approved).GetProperty("grant_id").GetString(), Claims(AccessTokenOf(message)).GetProperty("grant_id").GetString());
    }

    [Fact]
    public async Task A_second_use_ends_what_the_first_opened_and_what_the_message_gave()
    {
        var page = await _flow.SignIn();
        var code = PopupFlow.Answer(PopupFlow.Envelope(page).GetProperty("return").GetString()!)["code"];
        var (given, collected) = (AccessTokenOf(page.Message().Message), AccessTokenOf((await _flow.Collect(code)).IsOk().Json));
        Assert.True(await _flow.IsActive(given) && await _flow.IsActive(collected));
        (await _flow.Collect(code)).IsRefused("invalid_grant");
        Assert.False(await _flow.IsActive(given) || await _flow.IsActive(collected));
    }

    [Fact]
    public async Task A_code_collected_by_a_page_is_none_for_the_backend_and_the_other_way_round()
    {
        var code = await _flow.Code();
        var collected = AccessTokenOf((await _flow.Collect(code)).IsOk().Json);
        (await _flow.Redeem(code, ("redirect_uri", PopupFlow.ReturnPage))).IsRefused("invalid_grant");
        Assert.False(await _flow.IsActive(collected));
        code = await _flow.Code();
        var redeemed = AccessTokenOf((await _flow.Redeem(code, ("redirect_uri", PopupFlow.ReturnPage))).IsOk().Json);
        (await _flow.Collect(code)).IsRefused("invalid_grant");
        Assert.False(await _flow.IsActive(redeemed));
    }

    [Fact]
    public async Task Of_32_collects_at_once_one_is_answered_and_none_of_it_lasts()
    {
        var code = await _flow.Code();
        var replies = await AtOnce.Run(32, i => i % 2 == 0 ? _flow.Collect(code) : _flow.Redeem(code, ("redirect_uri", PopupFlow.ReturnPage)));
        Assert.False(await _flow.IsActive(AccessTokenOf(replies.Single(r => r.Status == 200).Json)));
    }

    [Theory]
    [InlineData("verifier", "0123456789012345678901234567890123456789012")]
    [InlineData("verifier", "short")]
    [InlineData("origin", "https://evil.example.com")]
    [InlineData("origin", GapuraServer.Domain)]
    [InlineData("origin", "https://toko.example.com:444")]
    [InlineData("origin", "https://toko.example.com.evil.example.com")]
    [InlineData("origin", "http://toko.example.com")]
    [InlineData("origin", "null")]
    [InlineData("origin", "http://localhost:5080")]
    public async Task A_thief_has_one_try_and_it_costs_the_loot(string part, string value)
    {
        var page = await _flow.SignIn();
        var code = PopupFlow.Answer(PopupFlow.Envelope(page).GetProperty("return").GetString()!)["code"];
        (await _flow.Collect(code, part == "verifier" ? value : null, part == "origin" ? value : PopupFlow.Domain)).IsRefused("invalid_grant");
        (await _flow.Collect(code)).IsRefused("invalid_grant");
        Assert.False(await _flow.IsActive(AccessTokenOf(page.Message().Message)));
    }

    [Fact]
    public async Task What_is_missing_is_said_and_spends_nothing()
    {
        var code = await _flow.Code();
        (await _flow.Collect(code, origin: null)).IsRefused("invalid_request", "The Origin header is missing: only a page collects. A backend redeems the code at /oauth/token.");
        (await _flow.Collect("")).IsRefused("invalid_request", "code is missing.");
        (await _server.PostForm("/seamlesslogin/collect", [("code", code)], ("Origin", PopupFlow.Domain))).IsRefused("invalid_request", "code_verifier is missing.");
        (await _flow.Collect(code)).IsOk();
        Assert.Equal("POST", (await _server.Get("/seamlesslogin/collect")).IsRefused("method_not_allowed", 405)["Allow"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_for_the_backend_is_collected_by_no_page(bool hasAddress)
    {
        var code = hasAddress ? await _flow.Code(("response_type", "code")) : await _flow.MessageCode();
        (await _flow.Collect(code)).IsRefused("invalid_grant");
        (await _flow.Redeem(code, ("redirect_uri", hasAddress ? PopupFlow.ReturnPage : null))).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_code_of_the_hall_is_collected_by_no_page()
    {
        if (_server.Get<PlatformRegister>().Active(CodeFlow.ClientId) is null) await CodeFlow.Register(_server);
        var flow = new CodeFlow(_server);
        (await _flow.Collect((await flow.ToCallback())["code"], flow.Verifier, "https://app.example.com")).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Whoever_does_not_authenticate_redeems_nothing()
    {
        var code = await _flow.MessageCode();
        (await _flow.Redeem(code, ("client_secret", null))).IsRefused("invalid_client", 401);
        (await _flow.Redeem(code, ("client_secret", _server.ApiKey))).IsRefused("invalid_client", 401);
        (await _flow.Redeem(code)).IsOk();
    }

    [Fact]
    public async Task Another_platform_redeems_nothing_and_costs_the_loot()
    {
        var code = await _flow.MessageCode();
        (await _flow.Redeem(code, ("client_id", GapuraServer.OtherClientId), ("client_secret", _server.OtherApiKey))).IsRefused("invalid_grant");
        (await _flow.Redeem(code)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_platform_that_keeps_no_secret_has_its_page_collect_and_no_program_redeem()
    {
        if (_server.Get<PlatformRegister>().Active("tanpa-rahasia") is null) await PopupFlow.At(_server, "tanpa-rahasia", new ClientSettings { AuthenticationMethod = "none" });
        var flow = await PopupFlow.At(_server, "tanpa-rahasia");
        (await flow.Redeem(await flow.Code(), ("redirect_uri", PopupFlow.ReturnPage), ("client_id", "tanpa-rahasia"), ("client_secret", null))).IsRefused("invalid_grant");
        (await flow.Collect(await flow.Code())).IsOk();
    }

    [Fact]
    public async Task A_key_revoked_meanwhile_redeems_nothing()
    {
        var code = await _flow.MessageCode();
        await _server.Get<ApiKeys>().RevokeAll(PopupFlow.ClientId, Ct);
        await _server.Follow();
        (await _flow.Redeem(code)).IsRefused("invalid_client", 401);
        (await _flow.Redeem(code, ("client_secret", null))).IsRefused("invalid_client", 401);
    }

    [Fact]
    public async Task A_platform_disabled_meanwhile_collects_nothing()
    {
        var flow = await PopupFlow.At(_server, "sebentar");
        var code = await flow.Code();
        Assert.True(await _server.Get<PlatformRegister>().SetDisabled("sebentar", disabled: true, Ct));
        await _server.Follow();
        (await flow.Collect(code)).IsRefused("invalid_grant");
        Assert.True(await _server.Get<PlatformRegister>().SetDisabled("sebentar", disabled: false, Ct));
        await _server.Follow();
        (await flow.Collect(code)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_person_disabled_meanwhile_is_told_to_nobody()
    {
        var person = await _server.AddAccount("pergi" + PublicId.New(_server.Clock)[^8..].ToLowerInvariant(), "1234567890123456");
        var codes = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var browser = new Browser(_server);
            codes.Add(PopupFlow.Answer((await browser.SignInAt(await browser.OpenPopup(await _server.Ticket(_flow.Key), _flow.Query(PopupFlow.WholePage)), person.Username)).IsSeeOther()["Location"]!)["code"]);
        }

        await _server.Disable(person);
        (await _flow.Collect(codes[0])).IsRefused("invalid_grant");
        (await _flow.Redeem(codes[1], ("redirect_uri", PopupFlow.ReturnPage))).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_code_lives_60_seconds()
    {
        var (young, old) = (await _flow.Code(), await _flow.Code());
        _server.Clock.Pass(TimeSpan.FromSeconds(59));
        (await _flow.Collect(young)).IsOk();
        _server.Clock.Pass(TimeSpan.FromSeconds(1));
        (await _flow.Collect(old)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Of_64_completions_with_one_ticket_one_has_a_code()
    {
        await _flow.Code();
        (string, string)[] form = [("token", await _server.Ticket(_flow.Key)), .. _flow.Fields(PopupFlow.WholePage)];
        var rows = await CodeRows();
        var replies = await AtOnce.Run(64, _ => _server.PostForm("/seamlesslogin/confirm", form, ("Cookie", $"gapura-session={_flow.Browser.Cookies["gapura-session"]}"), ("Sec-Fetch-Site", "same-origin")));
        Assert.Single(replies, r => r.Status == 303);
        Assert.Equal(rows + 1, await CodeRows());

        Task<long> CodeRows() => _server.Database.Read(sql => sql.Value<long>("SELECT COUNT(*) FROM authorization_codes"), Ct);
    }

    [Fact]
    public async Task The_tax_number_counts_as_told_when_it_is_told()
    {
        var person = await _server.AddAccount("npwp" + PublicId.New(_server.Clock)[^8..].ToLowerInvariant(), "1234567890123456");
        var browser = new Browser(_server);
        var message = (await browser.SignInAt(await browser.OpenPopup(await _server.Ticket(_flow.Key), _flow.Query(PopupFlow.Backend)), person.Username)).Message().Message;
        Assert.Empty(await Told());
        (await _flow.Redeem(message.GetProperty("code").GetString()!)).IsOk();
        Assert.Equal(PopupFlow.ClientId, Assert.Single(await Told()).ClientId);

        Task<IReadOnlyList<Gapura.Accounts.NpwpRelease>> Told() => _server.Get<Gapura.Accounts.NpwpReleases>().Of(person.Id, Ct);
    }
}

public sealed class PopupCodeOnSqlite(ServerOn<SqliteStore> on) : PopupCodeContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class PopupCodeOnPostgres(ServerOn<PostgresStore> on) : PopupCodeContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

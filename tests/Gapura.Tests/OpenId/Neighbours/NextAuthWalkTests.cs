using Gapura.Platforms;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Xunit;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>The provider of public client code, step by step: type oauth, a state and no PKCE, its secret in the body, data.user of /v1/user/me.</summary>
public abstract class NextAuthWalkContract
{
    private readonly GapuraServer _server;

    private protected NextAuthWalkContract(GapuraServer server) => _server = server;

    [Fact]
    public async Task A_person_is_signed_in_as_the_provider_does_it()
    {
        var platform = await OldPlatform.Register(_server);
        var person = await OldPlatform.Person(_server);
        var browser = new Browser(_server);

        // 1. authorization: { url, params: { scope: "basic_info" } }, checks: ["state"]
        var signIn = await browser.Get((await browser.Get($"/oauth/authorize?client_id={platform.ClientId}&scope=basic_info&response_type=code&redirect_uri={Uri.EscapeDataString(CodeFlow.Callback)}&state=Zb4-_")).IsSeeOther()["Location"]!);
        var consent = await browser.Get((await browser.Submit(signIn, ("username", OldPlatform.Username), ("password", GapuraServer.Password))).IsSeeOther()["Location"]!);
        consent.IsPage("your name, your email address and your picture");
        var back = (await browser.Submit(consent, ("decision", "allow"))).IsSeeOther()["Location"]!;
        var answer = CodeFlow.Answer(back);
        Assert.Equal($"{CodeFlow.Callback}?code={answer["code"]}&state=Zb4-_", back);

        // 2. token: url, client: { token_endpoint_auth_method: "client_secret_post" }
        var reply = await platform.Exchange(answer["code"]);
        var (access, refresh) = (reply.IsOk().Json.GetProperty("access_token").GetString(), reply.Json.GetProperty("refresh_token").GetString());
        reply.Is(200, $$"""{"access_token":"{{access}}","token_type":"Bearer","expires_in":900,"refresh_token":"{{refresh}}"}""");
        Assert.Equal("no-store", reply["Cache-Control"]);

        // 3. userinfo: url; profile: data => ({ id: data.user.id, name: data.user.name, email: data.user.email, image: data.user.image })
        var me = await _server.Me(access!);
        me.Is(200, $$$"""{"id":"{{{person.Id}}}","name":"Siti Aminah","email":"siti@example.com","image":null,"user":{"id":"{{{person.Id}}}","name":"Siti Aminah","email":"siti@example.com","image":null}}""");
        Assert.Equal("no-store", me["Cache-Control"]);
        var user = me.Json.GetProperty("user");
        Assert.Equal((person.Id, "Siti Aminah", "siti@example.com"), (user.GetProperty("id").GetString(), user.GetProperty("name").GetString(), user.GetProperty("email").GetString()));
    }

    [Fact]
    public async Task Scope_is_optional_and_then_only_the_id_is_told()
    {
        var platform = await OldPlatform.Register(_server);
        var person = await OldPlatform.Person(_server);
        var (access, _) = await platform.SignIn(scope: null);
        (await _server.Me(access)).Is(200, $$$"""{"id":"{{{person.Id}}}","user":{"id":"{{{person.Id}}}"}}""");
    }

    [Fact]
    public async Task Who_does_not_allow_it_sends_the_error_and_the_state_and_nothing_the_provider_does_not_know()
    {
        var platform = await OldPlatform.Register(_server);
        var browser = await platform.SignedIn();
        var consent = await new CodeFlow(_server) { Browser = browser }.Authorize(platform.Request("basic_info"));
        var answer = CodeFlow.Answer((await browser.Submit(consent, ("decision", "deny"))).IsSeeOther()["Location"]!);
        Assert.Equal(["error", "error_description", "state"], answer.Keys);
        Assert.Equal(("access_denied", "the state"), (answer["error"], answer["state"]));
    }

    [Fact]
    public async Task With_openid_or_with_a_challenge_the_answer_says_whose_it_is()
    {
        var platform = await OldPlatform.Register(_server);
        var flow = new CodeFlow(_server) { Browser = await platform.SignedIn() };
        Assert.Equal(["code", "state", "iss"], (await flow.ToCallback(("client_id", platform.ClientId), ("scope", "basic_info"))).Keys);
        Assert.Equal(["code", "state", "iss"], (await flow.ToCallback(platform.Request("openid basic_info"))).Keys);
    }

    [Fact]
    public async Task Whoever_keeps_no_secret_needs_a_challenge_and_whoever_left_it_out_brings_no_verifier()
    {
        if (_server.Get<PlatformRegister>().Active(CodeFlow.ClientId) is null) await CodeFlow.Register(_server);
        var flow = new CodeFlow(_server);
        Assert.Equal("invalid_request", CodeFlow.Answer((await flow.Authorize(("code_challenge", null), ("code_challenge_method", null))).IsSeeOther()["Location"]!)["error"]);

        var platform = await OldPlatform.Register(_server);
        var code = (await platform.ToCallback("basic_info"))["code"];
        (await flow.Exchange(code, platform.Key, ("client_id", platform.ClientId))).IsRefused("invalid_grant");
        (await platform.Exchange(code)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task A_code_without_a_challenge_is_nothing_without_the_secret()
    {
        var platform = await OldPlatform.Register(_server);
        var code = (await platform.ToCallback("basic_info"))["code"];
        (await _server.PostForm("/oauth/token", [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CodeFlow.Callback), ("client_id", platform.ClientId)])).IsRefused("invalid_client", 401);
        (await platform.Exchange(code)).IsOk();
        (await platform.Exchange(code)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task The_consent_says_in_both_languages_what_is_given_away()
    {
        var platform = await OldPlatform.Register(_server);
        var flow = new CodeFlow(_server) { Browser = await platform.SignedIn() };
        var english = await flow.Authorize(platform.Request("phone keys_op update_basic_info"));
        english.IsPage("to see, add and remove the phones that can sign in as you").IsPage("to change your picture").IsPage("your telephone number");
        flow.Browser.AcceptLanguage = "id";
        (await flow.Authorize(platform.Request("phone keys_op update_basic_info basic_info")))
            .IsPage("melihat, menambah, dan menghapus ponsel yang dapat masuk atas nama Anda").IsPage("mengganti foto Anda").IsPage("nama, alamat surel, dan foto Anda");
    }
}

public sealed class NextAuthWalkOnSqlite(ServerOn<SqliteStore> on) : NextAuthWalkContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class NextAuthWalkOnPostgres(ServerOn<PostgresStore> on) : NextAuthWalkContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

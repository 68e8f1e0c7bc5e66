using System.Text;
using System.Text.Json;
using Gapura.OpenId.Registration;
using Gapura.Tests.Authenticator;
using Gapura.Tests.OpenId;
using Gapura.Tests.OpenId.Neighbours;
using Gapura.Tests.QrAuth;
using Gapura.Tests.SeamlessLogin;
using Gapura.Tests.Sessions;
using Xunit;

namespace Gapura.Tests.Developers.Reference;

/// <summary>The document cannot lie: what a running server answers on every way there is, is what the document says it answers.</summary>
public sealed class AnswersTests : IAsyncLifetime
{
    // Another test's: what answers with nothing, or needs a push service.
    private static readonly string[] NotHere = ["pushToDevice", "endPushToDevice"];

    private readonly GapuraServer _server = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _server.Heard = Hear;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_operation_answers_as_documented()
    {
        await SeamlessLogin();
        await ReturnPage();
        await QrAuth();
        await Hall();
        await Afar();
        await Registration();
        await Phones();
        await Neighbours();
        foreach (var path in (string[])["/healthz", "/readyz", "/openapi.json"]) (await _server.Get(path)).IsOk();

        Assert.Equal([], _faults.Distinct());
        Assert.Equal([], Documented.Usual.Operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).Where(id => !_seen.Contains(id) && !NotHere.Contains(id)));
    }

    private async Task SeamlessLogin()
    {
        var ticket = await _server.Ticket();
        (await _server.Get("/V1/NLE/AuthApiKey")).Is(403, SeamlessSteps.NotValid);
        (await _server.Get($"/nleportal/nleportalsvc/api/v1/auth/requestToken?key={_server.ApiKey}")).IsOk();
        (await _server.Get("/nleportal/nleportalsvc/api/v1/auth/requestToken?key=x")).Is(403, SeamlessSteps.NotValid);
        (await new Browser(_server).OpenPopup(ticket)).IsOk();
        (await _server.Get("/seamlesslogin/?token=x")).Is(403, SeamlessSteps.NotValid);
        Assert.Equal(303, (await _server.PostForm("/seamlesslogin/", [("token", ticket)])).Status);
        Assert.Equal(400, (await _server.PostForm("/seamlesslogin/", [("token", ticket), ("state", new string('x', 1025))])).Status);
    }

    private async Task ReturnPage()
    {
        var shop = await PopupFlow.At(_server);
        foreach (var returns in (string?[])[null, PopupFlow.ReturnPage, "https://elsewhere.example.com"])
            (await _server.PostForm("/seamlesslogin/preflight", [("token", await _server.Ticket(shop.Key)), .. returns is null ? [] : new[] { ("redirect_uri", returns) }], ("Origin", PopupFlow.Domain))).IsOk();
        (await _server.PostForm("/seamlesslogin/preflight", [("token", "x")])).Is(403, SeamlessSteps.NotValid);
        var code = await shop.Code();
        (await shop.Collect(code)).IsOk();
        (await shop.Collect(code)).IsRefused("invalid_grant");
        (await shop.Redeem(await shop.MessageCode())).IsOk();
    }

    private async Task QrAuth()
    {
        var nonce = QrSteps.NewNonce();
        (await _server.Post("/v1/qrAuth", "{")).IsRefused("invalid_request");
        (await _server.Post("/v1/qrAuth", """{"clientId":"nobody","nonce":"12345678"}""")).IsRefused("invalid_client");
        (await _server.Post("/v1/qrAuth", JsonSerializer.Serialize(new { clientId = GapuraServer.ClientId, nonce, returnQrCode = true }))).IsOk();
        var sessionId = await _server.Open(nonce);
        (await _server.Approve(sessionId)).IsOk();
        (await _server.Approve(sessionId)).IsRefused("already_authenticated");
        (await _server.Ask(nonce)).IsOk();
        (await _server.Ask(nonce)).IsRefused("nonce_spent");

        (await _server.SignIn(new LiveScreen(_server))).IsOk();
        var typed = new LiveScreen(_server) { UserAgent = "curl/8" };
        var scanned = await typed.Open();
        (await typed.Collect(scanned)).IsRefused("not_approved");
        var seen = (await _server.Scan(scanned)).IsOk().Json;
        if (seen.GetProperty("confirmation").GetString() == "type")
        {
            (await typed.Type(scanned, seen.GetProperty("code").GetString() == "0000" ? "0001" : "0000")).IsRefused("wrong_code");
            (await typed.Type(scanned, seen.GetProperty("code").GetString()!)).IsOk();
        }

        (await _server.Approve(scanned, choice: null, new Phone())).IsRefused("invalid_key");
        (await _server.Deny(scanned)).IsOk();
        await typed.State();
        var left = new LiveScreen(_server);
        var leftId = await left.Open();
        (await _server.Scan(leftId)).IsOk();
        (await left.Abandon(leftId)).IsOk();
    }

    private async Task Hall()
    {
        foreach (var path in (string[])["openid-configuration", "oauth-authorization-server", "jwks.json"]) (await _server.Get("/.well-known/" + path)).IsOk();
        var key = await CodeFlow.Register(_server, keyed: true);
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback())["code"];
        var tokens = (await flow.Exchange(code, key)).IsOk().Json;
        (await flow.Exchange(code, "wrong")).IsRefused("invalid_client", 401);
        var access = Said(tokens, "access_token");
        await _server.Send(HttpMethod.Post, "/oauth/authorize", Form(flow.Query()[1..]));
        foreach (var token in (string[])[access, "x"])
        {
            await _server.Get("/oauth/userinfo", ("Authorization", $"Bearer {token}"));
            await _server.Send(HttpMethod.Post, "/oauth/userinfo", null, ("Authorization", $"Bearer {token}"));
        }

        Assert.Equal(201, (await _server.PostForm("/oauth/par", [.. Pairs(flow.Query()[1..]), ("client_secret", key)])).Status);
        (await _server.PostForm("/oauth/par", Pairs(flow.Query()[1..]))).IsRefused("invalid_client", 401);
        foreach (var about in (string[])[access, Said(tokens, "refresh_token"), "x"]) (await _server.Introspect(about, key)).IsOk();
        (await _server.Introspect(access, _server.ResourceApiKey)).IsOk();
        (await _server.Introspect(access, "wrong")).IsRefused("invalid_client", 401);
        (await flow.Exchange(code, key)).IsRefused("invalid_grant");
        (await _server.PostForm("/oauth/revoke", [("token", access)])).IsOk();
        await _server.Get("/oauth/logout?client_id=nobody");
        await flow.Browser.Get("/oauth/logout");
        await _server.PostForm("/oauth/logout", [("state", "x")]);
    }

    private async Task Afar()
    {
        await DeviceFlow.Register(_server);
        var device = await new DeviceFlow(_server).Open();
        (await device.Poll()).IsRefused("authorization_pending");
        await device.Decide();
        (await device.PollInTime()).IsOk();
        var asked = await (await CibaFlow.Register(_server)).Open();
        (await asked.PollInTime()).IsRefused("authorization_pending");
        (await asked.Decide("decline")).IsOk();
        (await asked.PollInTime()).IsRefused("access_denied");
    }

    private async Task Registration()
    {
        const string usual = """{"client_name":"Aplikasi","redirect_uris":["https://app.example.com/cb"]}""";
        var (_, token) = await _server.Get<RegistrationTokens>().Issue("PT Mitra", 3, _server.Clock.Now.AddDays(1), Ct);
        (await _server.Post("/oauth/register", usual)).IsRefused("invalid_token", 401);
        (await _server.Post("/oauth/register", "{}", ("Authorization", $"Bearer {token.Reveal()}"))).IsRefused("invalid_redirect_uri");
        var registered = (await _server.Post("/oauth/register", usual, ("Authorization", $"Bearer {token.Reveal()}"))).Json;
        var (path, bearer) = ($"/oauth/register/{Said(registered, "client_id")}", ("Authorization", $"Bearer {Said(registered, "registration_access_token")}"));
        (await _server.Get(path, bearer)).IsOk();
        using var changed = new StringContent(usual.Insert(1, $"\"client_id\":\"{Said(registered, "client_id")}\","), Encoding.UTF8, "application/json");
        (await _server.Send(HttpMethod.Put, path, changed, bearer)).IsOk();
        Assert.Equal(204, (await _server.Send(HttpMethod.Delete, path, null, bearer)).Status);
    }

    private async Task Phones()
    {
        var browser = new Browser(_server) { Accept = "application/json" };
        (await browser.Get("/v1/phone")).IsRefused("not_signed_in", 401);
        (await browser.PhoneSignIn(password: "wrong")).IsRefused("wrong_password", 403);
        (await browser.PhoneSignIn()).IsOk();
        (await browser.OpenPhone(_server.Phone)).IsOk();
        (await browser.Get("/v1/phone")).IsOk();
        var past = await browser.SignIns();
        (await browser.Report(Said(past[0], "id"))).IsOk();
        (await browser.Report("nothing")).IsRefused("not_found", 404);
        (await browser.PhoneSignIn()).IsOk();
        using var phone = new Phone();
        var challenge = Said((await browser.Post("/v1/devices/challenge")).IsOk().Json, "challenge");
        var enrolled = await browser.PostJson("/v1/devices", new { name = "Ponsel saya", publicKey = phone.PublicKey, challenge, signature = phone.Sign(challenge) });
        var id = Said(enrolled.Json, "id");
        (await browser.Get("/v1/devices")).IsOk();
        (await browser.SendJson(HttpMethod.Patch, $"/v1/devices/{id}", new { name = "Lain" })).IsOk();
        Assert.Equal(204, (await browser.Send(HttpMethod.Delete, $"/v1/devices/{id}", null, null)).Status);
    }

    private async Task Neighbours()
    {
        using var phone = new Phone();
        var platform = await OldPlatform.Register(_server);
        var (access, refresh) = await platform.SignIn("basic_info phone keys_op update_basic_info");
        (await _server.PostForm("/oauth/refreshAccessToken", [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", platform.ClientId)])).IsOk();
        (await _server.Get("/v1/user/me", ("Authorization", $"Bearer {access}"))).IsOk();
        (await _server.PostAs(access, "/v1/user/update", ("image", "https://app.example.com/foto.png"))).IsOk();
        (await _server.PostAs(access, "/v1/user/update", ("image", "x"))).IsRefused("invalid_request");
        var challenge = Said((await _server.PostAs(access, "/v1/keys/challenge")).IsOk().Json, "challenge");
        (await _server.PostAs(access, "/v1/keys/register", ("name", "Kunci"), ("publicKey", phone.PublicKey), ("challenge", challenge), ("signature", phone.Sign(challenge)))).IsOk();
        var listed = (await _server.Keys(access)).IsOk().Json;
        (await _server.PostAs(access, "/v1/keys/delete", ("id", Said(listed[0], "id")))).IsOk();
    }

    private void Hear(string method, string path, Reply reply)
    {
        if (Documented.Usual.Find(method, path) is not { } operation) return;
        _faults.AddRange(Documented.Usual.Faults(method, path, reply));
        if (reply.Status < 400) _seen.Add(operation.Operation["operationId"]!.GetValue<string>());
    }

    private static string Said(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private static FormUrlEncodedContent Form(string query) => new(Pairs(query).Select(p => KeyValuePair.Create(p.Name, p.Value)));

    private static IEnumerable<(string Name, string Value)> Pairs(string query) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).Select(p => (p.Key, p.Value.ToString()));
}

using System.Net.Http.Headers;
using System.Text;
using FsCheck.Fluent;
using Gapura.Tests.Sessions;
using Gapura.Tests.Storage;
using Microsoft.AspNetCore.Routing;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>Whatever is sent, the caller is refused in words and nothing is written: on both databases, since each minds other bytes.</summary>
public abstract class HostileBodiesContract : IAsyncLifetime
{
    // What they do, they do whatever the body says.
    private static readonly string[] ReadNoBody = ["/sign-out", "/v1/devices/challenge", "/v1/phone/sign-ins/{id}/report", "/oauth/userinfo", "/v1/keys/challenge"];

    private static readonly Dictionary<string, string[]> Parameters = new(StringComparer.Ordinal)
    {
        ["/v1/qrAuth"] = ["clientId", "nonce", "returnQrCode", "nonceMethod"],
        ["/v1/authenticate"] = ["sessionId", "signature", "publicKey", "nonce", "confirmation"],
        ["/v1/qrAuth/scan"] = ["sessionId", "signature", "publicKey"],
        ["/v1/qrAuth/deny"] = ["sessionId", "signature", "publicKey"],
        ["/v1/qrAuth/confirm"] = ["sessionId", "verifier", "code"],
        ["/v1/qrAuth/collect"] = ["sessionId", "verifier"],
        ["/v1/qrAuth/abandon"] = ["sessionId", "verifier"],
        ["/oauth/authorize"] = ["client_id", "redirect_uri", "response_type"],
        ["/oauth/consent"] = ["request", "decision"],
        ["/oauth/logout"] = ["id_token_hint", "client_id", "post_logout_redirect_uri"],
        ["/oauth/logout/confirm"] = ["request", "decision"],
        ["/oauth/par"] = ["client_id", "client_secret", "redirect_uri", "response_type", "request"],
        ["/oauth/token"] = ["grant_type", "refresh_token", "code", "client_id", "client_secret"],
        ["/oauth/device_authorization"] = ["client_id", "scope", "client_secret"],
        ["/oauth/bc-authorize"] = ["scope", "login_hint", "binding_message", "client_id", "client_secret"],
        ["/v1/phone/requests/{id}"] = ["decision", "publicKey", "signature"],
        ["/device"] = ["user_code", "decision"],
        ["/oauth/introspect"] = ["token", "client_id", "client_secret"],
        ["/oauth/revoke"] = ["token", "client_id", "client_secret"],
        ["/oauth/refreshAccessToken"] = ["grant_type", "refresh_token", "client_id", "client_secret"],
        ["/v1/user/update"] = ["image"],
        ["/v1/keys/register"] = ["name", "publicKey", "challenge", "signature"],
        ["/v1/keys/delete"] = ["id"],
        ["/oauth/register"] = ["client_name", "redirect_uris", "grant_types", "jwks"],
        ["/sign-in"] = ["username", "password"],
        ["/sign-in/phone"] = ["accessToken"],
        ["/account/devices/revoke"] = ["device"],
        ["/account/platforms/take-back"] = ["platform"],
        ["/developers/refusals"] = ["apiKey", "ui_locales"],
        ["/v1/devices"] = ["name", "publicKey", "challenge", "signature"],
        ["/v1/phone/sign-in"] = ["username", "password"],
        ["/v1/phone/challenge"] = ["publicKey"],
        ["/v1/phone/session"] = ["publicKey", "challenge", "signature"],
        ["/seamlesslogin/"] = ["token", "state", "ui_locales"],
        ["/seamlesslogin/sign-in"] = ["token", "username", "password", "state"],
        ["/seamlesslogin/phone"] = ["token", "accessToken", "state"],
        ["/seamlesslogin/confirm"] = ["token", "state"],
        ["/seamlesslogin/collect"] = ["code", "code_verifier"],
        ["/seamlesslogin/preflight"] = ["token", "redirect_uri"],
    };

    private readonly GapuraServer _server;
    private readonly Browser _browser;

    private protected HostileBodiesContract(GapuraServer server) => (_server, _browser) = (server, new Browser(server));

    public async ValueTask InitializeAsync()
    {
        // What the tests before this one tried at the sign-in form is forgotten by now.
        _server.Clock.Pass(TimeSpan.FromMinutes(15));
        (await _browser.SignIn()).IsSeeOther("/account");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/v1/qrAuth")]
    [InlineData("/v1/authenticate")]
    [InlineData("/v1/qrAuth/scan")]
    [InlineData("/v1/qrAuth/deny")]
    [InlineData("/v1/qrAuth/confirm")]
    [InlineData("/v1/qrAuth/collect")]
    [InlineData("/v1/qrAuth/abandon")]
    public async Task Every_hostile_body_is_a_400_at_the_QR_door(string path)
    {
        var rows = await _server.Rows();
        foreach (var (name, body) in HostileBodies.In(Parameters[path]))
            IsRefused(name, await _server.Post(path, body, "application/json"));
        foreach (var (name, body) in HostileBodies.In(Parameters[path]))
            IsRefused(name + ", said to be a form", await _server.Post(path, body, "application/x-www-form-urlencoded"));
        foreach (var (name, body) in HostileBodies.Forms(Parameters[path]))
            IsRefused(name, await _server.Post(path, body, "application/x-www-form-urlencoded"));
        Assert.Equal(rows, await _server.Rows());

        static void IsRefused(string name, Reply reply)
        {
            Assert.True(reply.Status == 400, $"{name}: {reply.Status} {reply.Text}");
            Assert.Equal("application/json; charset=utf-8", reply["Content-Type"]);
            Assert.Equal(["error", "error_description"], reply.Json.EnumerateObject().Select(m => m.Name));
        }
    }

    [Fact]
    public async Task Every_hostile_body_is_a_refusal_at_every_other_door()
    {
        foreach (var (path, parameters) in Parameters)
        {
            var rows = await _server.Rows("throttles");
            (string, string)[] key = path.StartsWith("/oauth", StringComparison.Ordinal) ? [("beacukai-api-key", _server.ApiKey)] : path == "/seamlesslogin/collect" ? [("Origin", GapuraServer.Domain)] : [];
            foreach (var (name, body) in HostileBodies.In(parameters)) IsNoFault(name, await _browser.Send(HttpMethod.Post, path, body, "application/json", key));
            foreach (var (name, body) in HostileBodies.Forms(parameters)) IsNoFault(name, await _browser.Send(HttpMethod.Post, path, body, "application/x-www-form-urlencoded", key));
            Assert.Equal(rows, await _server.Rows("throttles"));

            void IsNoFault(string name, Reply reply) =>
                Assert.True(reply.Status is >= 400 and < 500 || (path is "/oauth/revoke" or "/oauth/introspect" && reply.Status == 200) || (path is "/account/devices/revoke" or "/account/platforms/take-back" or "/oauth/authorize" or "/oauth/logout" && reply.Status == 303), $"{path}, {name}: {reply.Status} {reply.Text}");
        }
    }

    [Fact]
    public async Task Hostile_bodies_do_not_disturb_those_who_read_none()
    {
        foreach (var path in ReadNoBody)
            foreach (var (name, body) in HostileBodies.In("device"))
            {
                var reply = await _browser.Send(HttpMethod.Post, path, body, "application/json");
                Assert.True(reply.Status < 500, $"{path}, {name}: {reply.Status} {reply.Text}");
            }
    }

    [Fact]
    public void No_endpoint_that_takes_a_POST_is_left_out() => Assert.Equal(
        Parameters.Keys.Concat(ReadNoBody).Order(StringComparer.Ordinal),
        _server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => e.RoutePattern.RawText!).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_body_without_a_length_and_without_end_is_a_400()
    {
        foreach (var size in (int[])[17_000, 100_000, 1_000_000])
        {
            using var content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string('{', size)), writable: false));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/v1/qrAuth")) { Content = content };
            request.Headers.TransferEncodingChunked = true;
            using var http = new HttpClient();
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            (await Reply.From(response, TestContext.Current.CancellationToken)).IsRefused("invalid_request", "The body is larger than 16 KiB.");
        }

        await _server.Open(NewNonce());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--b\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"clientId\"\r\n\r\nclient-1")]
    [InlineData("--b\r\nContent-Disposition: form-data\r\n\r\nclient-1\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"clientId\"; filename=\"x\"\r\n\r\nclient-1\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"nonce\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AAA-\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"nonce\"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n\ud83d\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"nonce\"\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("--b\r\nno header at all\r\n--b--\r\n")]
    public async Task A_broken_multipart_body_is_a_400(string body)
    {
        foreach (var type in (string[])["multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + new string('b', 300), "multipart/form-data; boundary=\"b"])
            foreach (var path in (string[])["/v1/qrAuth", "/v1/authenticate"])
            {
                var reply = await _server.Post(path, Bytes(body), type);
                Assert.True(reply.Status == 400, $"{path} {type}: {reply.Status} {reply.Text}");
            }
    }

    [Fact]
    public async Task A_large_multipart_body_is_a_400()
    {
        foreach (var (parts, size) in ((int, int)[])[(1, 100_000), (100, 1), (1, 1_000_000), (2_000, 100)])
        {
            using var content = new MultipartFormDataContent();
            for (var i = 0; i < parts; i++) content.Add(new StringContent(new string('a', size)), $"p{i}");
            var reply = await _server.Send(HttpMethod.Post, "/v1/qrAuth", content);
            Assert.True(reply.Status == 400, $"{parts} × {size}: {reply.Status} {reply.Text}");
        }
    }

    [Fact]
    public async Task Random_bytes_are_never_a_fault()
    {
        foreach (var body in ArbMap.Default.GeneratorFor<byte[]>().Sample(Effort.Of(100, 2_000), 60))
            foreach (var type in (string[])["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
            {
                var reply = await _server.Post("/v1/authenticate", body, type);
                Assert.True(reply.Status == 400, $"{Convert.ToHexString(body)} as {type}: {reply.Status} {reply.Text}");
            }
    }

    [Fact]
    public async Task Random_texts_in_every_place_are_never_a_fault()
    {
        var rows = await _server.Rows();
        var text = ArbMap.Default.GeneratorFor<string>().Where(t => t is not null);
        foreach (var (path, parameters) in Parameters.Take(7))
            foreach (var values in text.ArrayOf(parameters.Length).Sample(Effort.Of(100, 2_000), 60))
            {
                // As JSON.stringify would send them, lone surrogates and all.
                var json = "{" + string.Join(',', parameters.Zip(values, (p, v) => $"\"{p}\":\"{string.Concat(v.Select(c => $"\\u{(int)c:x4}"))}\"")) + "}";
                var reply = await _server.Post(path, json);
                Assert.True(reply.Status == 400, $"{path} {json}: {reply.Status} {reply.Text}");
            }

        Assert.Equal(rows, await _server.Rows());
    }

    [Fact]
    public async Task A_valid_body_with_a_few_bytes_changed_is_never_a_fault()
    {
        var valid = Bytes($$"""{"clientId":"client-1","nonce":"{{NewNonce()}}","returnQrCode":"false"}""");
        var changes = from at in Gen.Choose(0, valid.Length - 1) from value in Gen.Choose(0, 255) select (at, value);
        var rows = await _server.Rows();
        foreach (var some in changes.NonEmptyListOf().Sample(Effort.Of(200, 5_000), 4))
        {
            var body = (byte[])valid.Clone();
            foreach (var (at, value) in some) body[at] = (byte)value;
            var reply = await _server.Post("/v1/qrAuth", body, "application/json");
            Assert.True(reply.Status is 200 or 400, $"{Convert.ToHexString(body)}: {reply.Status} {reply.Text}");
        }

        Assert.Equal(rows, await _server.Rows());
    }
}

public sealed class HostileBodiesOnSqlite(ServerOn<SqliteStore> on) : HostileBodiesContract(on.Server), IClassFixture<ServerOn<SqliteStore>>;

public sealed class HostileBodiesOnPostgres(ServerOn<PostgresStore> on) : HostileBodiesContract(on.Server), IClassFixture<ServerOn<PostgresStore>>;

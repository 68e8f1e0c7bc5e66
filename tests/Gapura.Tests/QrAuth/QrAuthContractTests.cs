using System.Text.Json;
using Gapura.Protocol.Signatures;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>The documented page of QRAuth, byte for byte.</summary>
public sealed class QrAuthContractTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    // The documented request, exactly as printed: the comma after the last member included.
    private const string DocumentedRequest = """
        {
        "sessionId": "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057",
        "signature": "30460221008bf8d481763303cd260472f38fa2b3232a14f5cbea5414c54d42e8cc868a4c1b022100b5d7b8d09413649f5adf494c30488f7c0bf97b20de4f32c9065ae20f023fe50d",
        "publicKey": "04c5e4e387c76ada73c8a7fc7c613aac1ed455a87e8bcd72b74506d3ad8dcef0c06a644449be6d7e529cc6b4f2abe2be65c5197aa40464756e78e3da78f2bb82a8",
        "nonce": "XZSZPSA6yBVqfKj8fCgO2WZDamSQPPhS",
        }
        """;

    private const string DocumentedSessionId = "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057";
    private const string DocumentedSignature = "30460221008bf8d481763303cd260472f38fa2b3232a14f5cbea5414c54d42e8cc868a4c1b022100b5d7b8d09413649f5adf494c30488f7c0bf97b20de4f32c9065ae20f023fe50d";
    private const string DocumentedKey = "04c5e4e387c76ada73c8a7fc7c613aac1ed455a87e8bcd72b74506d3ad8dcef0c06a644449be6d7e529cc6b4f2abe2be65c5197aa40464756e78e3da78f2bb82a8";

    [Fact]
    public async Task A_screen_gets_the_documented_answer()
    {
        var reply = await server.Post("/v1/qrAuth", $$"""{"clientId":"client-1","nonce":"{{NewNonce()}}"}""");
        var (sessionId, expires) = Opened(reply);
        reply.Is(200, $$"""{"clientId":"client-1","sessionId":"{{sessionId}}","expires":{{expires}}}""");
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal("nosniff", reply["X-Content-Type-Options"]);
        Assert.Null(reply["Set-Cookie"]);
        Assert.Null(reply["Server"]);
    }

    [Fact]
    public async Task The_session_id_has_the_documented_grammar_and_ends_in_its_expiry()
    {
        var (sessionId, expires) = Opened(await server.Ask(NewNonce()));
        Assert.Matches("^nu\\.id:1:client-1:[A-Za-z0-9]{32}:[1-9][0-9]{9}$", sessionId);
        Assert.EndsWith($":{expires}", sessionId, StringComparison.Ordinal);
        Assert.Equal(server.Clock.Now.AddSeconds(60).ToUnixTimeSeconds(), expires);
    }

    [Theory]
    [InlineData("""{"clientId":"client-1","nonce":"NONCE","returnQrCode":true}""", "application/json")]
    [InlineData("""{"clientId":"client-1","nonce":"NONCE","returnQrCode":"true"}""", "application/json")]
    [InlineData("clientId=client-1&nonce=NONCE&returnQrCode=true", "application/x-www-form-urlencoded")]
    public async Task A_screen_that_asks_for_it_gets_the_picture_too(string body, string contentType)
    {
        var reply = await server.Post("/v1/qrAuth", Bytes(body.Replace("NONCE", NewNonce(), StringComparison.Ordinal)), contentType);
        var (sessionId, expires) = Opened(reply);
        var picture = reply.Json.GetProperty("qrcode").GetString()!;
        reply.Is(200, $$"""{"clientId":"client-1","sessionId":"{{sessionId}}","expires":{{expires}},"qrcode":"{{picture}}"}""");
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(Convert.FromBase64String(picture).AsSpan(0, 8)));
    }

    [Theory]
    [InlineData("""{"clientId":"client-1","nonce":"NONCE","returnQrCode":false}""")]
    [InlineData("""{"clientId":"client-1","nonce":"NONCE","returnQrCode":"false"}""")]
    [InlineData("""{"clientId":"client-1","nonce":"NONCE","returnQrCode":""}""")]
    public async Task Without_asking_there_is_no_picture(string body) =>
        Assert.DoesNotContain("qrcode", (await server.Post("/v1/qrAuth", body.Replace("NONCE", NewNonce(), StringComparison.Ordinal))).IsOk().Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"yes\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[true]")]
    public async Task Anything_but_true_or_false_for_the_picture_is_refused(string value) =>
        (await server.Post("/v1/qrAuth", $$"""{"clientId":"client-1","nonce":"{{NewNonce()}}","returnQrCode":{{value}}}"""))
            .IsRefused("invalid_request", "returnQrCode must be true or false.");

    [Fact]
    public async Task The_picture_holds_exactly_the_session_id_in_a_strangers_eyes()
    {
        Stranger.Needs(await Stranger.IsThere("zbarimg", "--version"), "zbarimg is missing. Debian: apt-get install zbar-tools");
        var reply = await server.Post("/v1/qrAuth", $$"""{"clientId":"client-1","nonce":"{{NewNonce()}}","returnQrCode":true}""");
        var file = Path.Combine(server.Data, "picture.png");
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(reply.IsOk().Json.GetProperty("qrcode").GetString()!), TestContext.Current.CancellationToken);
        var (code, output, error) = await Stranger.Run(server.Data, "zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file);
        Assert.True(code == 0, error);
        Assert.Equal(reply.Json.GetProperty("sessionId").GetString() + "\n", output);
    }

    [Fact]
    public async Task A_phone_gets_the_documented_answer()
    {
        var sessionId = await server.Open(NewNonce());
        var reply = await server.Approve(sessionId);
        reply.Is(200, $$$"""{"data":{"accessToken":"{{{reply.AccessToken()}}}","refreshToken":"{{{reply.RefreshToken()}}}"}}""");
        Assert.Matches("^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}$", reply.AccessToken());
        Assert.Equal("no-store", reply["Cache-Control"]);
    }

    [Fact]
    public async Task A_screen_that_was_approved_gets_its_tokens_and_no_session_id()
    {
        var nonce = NewNonce();
        (await server.Approve(await server.Open(nonce))).IsOk();
        var reply = await server.Ask(nonce);
        reply.Is(200, $$"""{"accessToken":"{{reply.AccessToken()}}","refreshToken":"{{reply.RefreshToken()}}","expiresIn":900}""");
        Assert.Equal("no-store", reply["Cache-Control"]);
    }

    [Fact]
    public void The_documented_sample_verifies()
    {
        Assert.True(DevicePublicKey.TryParse(DocumentedKey, out var key));
        Assert.True(server.Get<ISignatureVerifier>().VerifyText(key, DocumentedSessionId, DocumentedSignature));
    }

    [Fact]
    public async Task The_documented_request_with_its_comma_is_read_and_refused_for_its_age_alone() =>
        (await server.Post("/v1/authenticate", DocumentedRequest)).IsRefused("invalid_session", "The session id is not valid, has expired or was already used.");

    [Fact]
    public async Task The_documented_request_with_a_session_id_of_now_signs_in()
    {
        var sessionId = await server.Open(NewNonce());
        var body = DocumentedRequest
            .Replace(DocumentedSessionId, sessionId, StringComparison.Ordinal)
            .Replace(DocumentedSignature, server.Phone.Sign(sessionId), StringComparison.Ordinal)
            .Replace(DocumentedKey, server.Phone.PublicKey, StringComparison.Ordinal);
        Assert.EndsWith(",\n}", body, StringComparison.Ordinal);
        (await server.Post("/v1/authenticate", body)).IsOk();
    }

    [Fact]
    public async Task The_documented_signature_over_a_session_id_of_now_is_refused()
    {
        var sessionId = await server.Open(NewNonce());
        (await server.Post("/v1/authenticate", DocumentedRequest.Replace(DocumentedSessionId, sessionId, StringComparison.Ordinal)))
            .IsRefused("invalid_signature", "The signature does not fit the session id and the public key.");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.api+json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("application/octet-stream")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task A_body_in_JSON_is_read_under_any_content_type(string? contentType)
    {
        var nonce = NewNonce();
        var sessionId = Opened(await server.Post("/v1/qrAuth", Bytes($$"""{"clientId":"client-1","nonce":"{{nonce}}"}"""), contentType)).SessionId;
        var body = JsonSerializer.Serialize(new { sessionId, signature = server.Phone.Sign(sessionId), publicKey = server.Phone.PublicKey, nonce = PhoneNonce });
        (await server.Post("/v1/authenticate", Bytes(body), contentType)).IsOk();
    }

    [Fact]
    public async Task Both_endpoints_take_a_form()
    {
        var sessionId = Opened(await server.PostForm("/v1/qrAuth", [("clientId", "client-1"), ("nonce", NewNonce())])).SessionId;
        (await server.PostForm("/v1/authenticate", Authenticate(sessionId))).IsOk();
    }

    [Fact]
    public async Task Both_endpoints_take_a_multipart_form()
    {
        var nonce = NewNonce();
        using var opening = new MultipartFormDataContent { { new StringContent("client-1"), "clientId" }, { new StringContent(nonce), "nonce" } };
        var sessionId = Opened(await server.Send(HttpMethod.Post, "/v1/qrAuth", opening)).SessionId;
        using var approving = new MultipartFormDataContent();
        foreach (var (name, value) in Authenticate(sessionId)) approving.Add(new StringContent(value), name);
        (await server.Send(HttpMethod.Post, "/v1/authenticate", approving)).IsOk();
    }

    [Fact]
    public async Task Upper_case_hex_is_hex_too()
    {
        var sessionId = await server.Open(NewNonce());
        (await server.Post("/v1/authenticate", JsonSerializer.Serialize(new
        {
            sessionId, signature = server.Phone.Sign(sessionId).ToUpperInvariant(), publicKey = server.Phone.PublicKey.ToUpperInvariant(), nonce = PhoneNonce,
        }))).IsOk();
    }

    [Theory]
    [InlineData("/v1/qrauth")]
    [InlineData("/V1/QRAUTH")]
    [InlineData("/v1/qrAuth/")]
    public async Task Paths_are_forgiving_about_case_and_a_last_slash(string path) =>
        Opened(await server.Post(path, $$"""{"clientId":"client-1","nonce":"{{NewNonce()}}"}"""));

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Any_method_but_POST_is_405(string method)
    {
        foreach (var path in (string[])["/v1/qrAuth", "/v1/authenticate"])
        {
            var reply = await server.Send(new HttpMethod(method), path);
            Assert.Equal(405, reply.Status);
            Assert.Equal("POST", reply["Allow"]);
            if (method == "HEAD") Assert.Empty(reply.Body);
            else reply.IsRefused("method_not_allowed", "Only POST is allowed here.", 405);
        }
    }

    [Fact]
    public async Task A_GET_with_every_parameter_is_405_too()
    {
        var reply = await server.Get($"/v1/qrAuth?clientId=client-1&nonce={NewNonce()}");
        reply.IsRefused("method_not_allowed", 405);
        Assert.Equal("POST", reply["Allow"]);
    }

    [Fact]
    public async Task Parameters_in_the_address_of_a_POST_count_for_nothing() =>
        (await server.Post($"/v1/qrAuth?clientId=client-1&nonce={NewNonce()}", "{}")).IsRefused("invalid_request", "clientId must be a text of 1 to 64 characters.");

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(257)]
    [InlineData(2000)]
    public async Task A_screens_nonce_has_8_to_256_characters(int length) =>
        (await server.Ask(new string('n', length))).IsRefused("invalid_request", "nonce must be a random text of 8 to 256 characters.");

    [Fact]
    public async Task The_shortest_and_the_longest_nonce_open()
    {
        Opened(await server.Ask(NewNonce()[..8]));
        Opened(await server.Ask(string.Concat(Enumerable.Range(0, 8).Select(_ => NewNonce()))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("client-9")]
    [InlineData("CLIENT-1")]
    [InlineData("client-1 ")]
    [InlineData("client-1:x")]
    [InlineData("../client-1")]
    public async Task A_client_that_is_not_one_of_ours_is_refused(string clientId)
    {
        var reply = await server.Ask(NewNonce(), clientId);
        if (clientId.Length == 0) reply.IsRefused("invalid_request", "clientId must be a text of 1 to 64 characters.");
        else reply.IsRefused("invalid_client", "The clientId is not one of a platform that may sign people in.");
    }

    [Theory]
    [InlineData("sessionId", "sessionId must be the text of the QR code.")]
    [InlineData("signature", "signature must be an ECDSA signature, DER in hex.")]
    [InlineData("publicKey", "publicKey must be 130 hex digits beginning 04.")]
    [InlineData("nonce", "nonce must be a text of 1 to 256 characters.")]
    public async Task A_missing_parameter_of_the_phone_is_named(string missing, string sentence)
    {
        var sessionId = await server.Open(NewNonce());
        (await server.PostForm("/v1/authenticate", Authenticate(sessionId).Where(f => f.Name != missing))).IsRefused("invalid_request", sentence);
        (await server.PostForm("/v1/authenticate", Authenticate(sessionId).Select(f => f.Name == missing ? (f.Name, "") : f))).IsRefused("invalid_request", sentence);
        (await server.PostForm("/v1/authenticate", Authenticate(sessionId))).IsOk();
    }

    [Fact]
    public async Task A_registered_origins_page_may_read_the_answers_and_no_other()
    {
        var body = $$"""{"clientId":"client-1","nonce":"{{NewNonce()}}"}""";
        Assert.Equal(GapuraServer.Domain, (await server.Post("/v1/qrAuth", body, ("Origin", GapuraServer.Domain)))["Access-Control-Allow-Origin"]);
        foreach (var origin in (string[])["https://evil.example", "null", "https://tautauberes.id.evil.example", "http://tautauberes.id", "https://tautauberes.id:444", "https://TAUTAUBERES.ID"])
            Assert.Null((await server.Post("/v1/qrAuth", body, ("Origin", origin)))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task A_registered_origins_preflight_is_answered_and_no_others()
    {
        var reply = await Preflight(GapuraServer.Domain);
        Assert.Equal(204, reply.Status);
        Assert.Equal(GapuraServer.Domain, reply["Access-Control-Allow-Origin"]);
        Assert.Equal("POST", reply["Access-Control-Allow-Methods"]);
        Assert.Equal("content-type", reply["Access-Control-Allow-Headers"]);
        Assert.Null(reply["Access-Control-Allow-Credentials"]);
        Assert.Null((await Preflight("https://evil.example"))["Access-Control-Allow-Origin"]);

        Task<Reply> Preflight(string origin) => server.Send(HttpMethod.Options, "/v1/qrAuth", null,
            ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
    }

    private (string Name, string Value)[] Authenticate(string sessionId) =>
        [("sessionId", sessionId), ("signature", server.Phone.Sign(sessionId)), ("publicKey", server.Phone.PublicKey), ("nonce", PhoneNonce)];

    private static (string SessionId, long Expires) Opened(Reply reply)
    {
        var json = reply.IsOk().Json;
        return (json.GetProperty("sessionId").GetString()!, json.GetProperty("expires").GetInt64());
    }
}

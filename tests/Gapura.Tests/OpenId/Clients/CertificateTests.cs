using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gapura.Hosting;
using Gapura.OpenId.Clients;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>Platforms known by a certificate, and tokens bound to one (RFC 8705), behind a proxy that ends TLS.</summary>
public sealed class CertificateTests : IAsyncLifetime
{
    private const string Header = "Client-Cert";
    private const string Subject = "CN=app,O=PT App\\, Tbk,C=ID";
    private readonly Authority _authority = new("CN=Kantor Sertifikat,C=ID"), _stranger = new("CN=Kantor Lain,C=ID");
    private readonly string _file = Path.GetTempFileName();
    private GapuraServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, _authority.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        _server = await GapuraServer.Start(("TrustedProxies", "127.0.0.1"), ("ClientCertificateHeader", Header), ("ClientCertificateAuthorities", _file));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
        _stranger.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task An_authority_and_the_registered_subject_vouch_for_a_platform()
    {
        var clientId = await SigningClient.Add(_server, new ClientSettings { AuthenticationMethod = "tls_client_auth", CertificateSubject = Subject });
        using var good = _authority.Issue("C=ID, O=\"PT App, Tbk\", CN=app", _server.Clock.Now);
        foreach (var text in (string[])[Rfc9440(good), Nginx(good)]) (await Ask(clientId, text)).Is(200, """{"active":false}""");

        using var otherName = _authority.Issue("C=ID, O=\"PT App, Tbk\", CN=other", _server.Clock.Now);
        using var longer = _authority.Issue("C=ID, O=\"PT App, Tbk\", OU=x, CN=app", _server.Clock.Now);
        using var otherAuthority = _stranger.Issue("C=ID, O=\"PT App, Tbk\", CN=app", _server.Clock.Now);
        using var old = _authority.Issue("C=ID, O=\"PT App, Tbk\", CN=app", _server.Clock.Now.AddDays(-40));
        using var early = _authority.Issue("C=ID, O=\"PT App, Tbk\", CN=app", _server.Clock.Now.AddDays(1));
        foreach (var bad in (X509Certificate2[])[otherName, longer, otherAuthority, old, early]) (await Ask(clientId, Rfc9440(bad))).IsRefused("invalid_client", 401);
        foreach (var text in (string?[])[null, "", "::", ":AAAA:", Rfc9440(good)[1..], "-----BEGIN%20CERTIFICATE-----", $"{Rfc9440(good)}, {Rfc9440(good)}"]) (await Ask(clientId, text)).IsRefused("invalid_client", 401);
    }

    [Fact]
    public async Task A_certificate_of_its_own_is_known_by_its_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var mine = SelfSigned(key);
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = SelfSigned(otherKey);
        var q = key.ExportParameters(false).Q;
        var clientId = await SigningClient.Add(_server, new ClientSettings
        {
            AuthenticationMethod = "self_signed_tls_client_auth",
            Jwks = Signer.Set(new System.Text.Json.Nodes.JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(q.X), ["y"] = Base64Url.EncodeToString(q.Y), ["x5c"] = new System.Text.Json.Nodes.JsonArray(Convert.ToBase64String(mine.RawData)) }),
        });
        (await Ask(clientId, Rfc9440(mine))).IsOk();
        (await Ask(clientId, Rfc9440(other))).IsRefused("invalid_client", 401);
        (await Ask(clientId, null)).IsRefused("invalid_client", 401);
        using var issued = _authority.Issue("CN=app", _server.Clock.Now);
        (await Ask(clientId, Rfc9440(issued))).IsRefused("invalid_client", 401);
    }

    [Fact]
    public async Task Tokens_are_bound_to_the_certificate_where_the_platform_registered_it()
    {
        var clientId = await SigningClient.Add(_server, new ClientSettings { CertificateBound = true });
        var unbound = await SigningClient.Add(_server, new ClientSettings());
        using var mine = _authority.Issue("CN=app", _server.Clock.Now);
        using var other = _authority.Issue("CN=app", _server.Clock.Now);
        var flow = new CodeFlow(_server);
        async Task<Reply> Redeem(string client, params (string, string)[] headers) => await _server.PostForm(
            "/oauth/token", [("grant_type", "authorization_code"), ("code", (await flow.ToCallback(("client_id", client)))["code"]), ("redirect_uri", CodeFlow.Callback), ("code_verifier", flow.Verifier), ("client_id", client)], headers);

        (await Redeem(clientId)).IsRefused("invalid_request");
        var tokens = (await Redeem(clientId, (Header, Rfc9440(mine)))).IsOk().Json;
        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        var access = tokens.GetProperty("access_token").GetString()!;
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(mine.RawData)), CodeFlow.Claims(access).GetProperty("cnf").GetProperty("x5t#S256").GetString());
        (await UserInfo(access, (Header, Rfc9440(mine)))).IsOk();
        (await UserInfo(access)).IsRefused("invalid_token", "This token is bound to a certificate: connect with it.", 401);
        (await UserInfo(access, (Header, Rfc9440(other)))).IsRefused("invalid_token", 401);
        Assert.Equal(CodeFlow.Claims(access).GetProperty("cnf").GetRawText(), (await _server.Introspect(access, _server.ResourceApiKey)).IsOk().Json.GetProperty("cnf").GetRawText());

        (string, string)[] refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!), ("client_id", clientId)];
        (await _server.PostForm("/oauth/token", refresh, (Header, Rfc9440(other)))).IsRefused("invalid_grant");
        (await _server.PostForm("/oauth/token", refresh, (Header, Rfc9440(mine)))).IsOk();

        var plain = (await Redeem(unbound, (Header, Rfc9440(mine)))).IsOk().Json.GetProperty("access_token").GetString()!;
        Assert.False(CodeFlow.Claims(plain).TryGetProperty("cnf", out _));
    }

    [Fact]
    public async Task Who_proves_itself_by_a_renewed_certificate_keeps_its_refresh_tokens()
    {
        var clientId = await SigningClient.Add(_server, new ClientSettings { AuthenticationMethod = "tls_client_auth", CertificateSubject = "CN=app", CertificateBound = true });
        using var old = _authority.Issue("CN=app", _server.Clock.Now);
        using var renewed = _authority.Issue("CN=app", _server.Clock.Now);
        using var stranger = _stranger.Issue("CN=app", _server.Clock.Now);
        var flow = new CodeFlow(_server);
        var code = (await flow.ToCallback(("client_id", clientId)))["code"];
        var token = (await _server.PostForm(
            "/oauth/token", [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CodeFlow.Callback), ("code_verifier", flow.Verifier), ("client_id", clientId)], (Header, Rfc9440(old)))).NextRefreshToken();
        Task<Reply> Renew(X509Certificate2 shown) => _server.PostForm("/oauth/token", [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", clientId)], (Header, Rfc9440(shown)));

        (await Renew(stranger)).IsRefused("invalid_client", 401);
        var access = (await Renew(renewed)).IsOk().Json.GetProperty("access_token").GetString()!;
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(renewed.RawData)), CodeFlow.Claims(access).GetProperty("cnf").GetProperty("x5t#S256").GetString());
        (await UserInfo(access, (Header, Rfc9440(renewed)))).IsOk();
        (await UserInfo(access, (Header, Rfc9440(old)))).IsRefused("invalid_token", 401);
    }

    [Fact]
    public async Task A_header_from_somebody_else_than_the_proxy_is_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var good = _authority.Issue("CN=app", _server.Clock.Now);
        await using var server = await GapuraServer.Start(("TrustedProxies", "10.1.2.3"), ("ClientCertificateHeader", Header), ("ClientCertificateAuthorities", _file));
        var clientId = await SigningClient.Add(server, new ClientSettings { AuthenticationMethod = "tls_client_auth", CertificateSubject = "CN=app" });
        (await server.PostForm("/oauth/introspect", [("token", "x"), ("client_id", clientId)], (Header, Rfc9440(good)), ("X-Forwarded-For", "10.1.2.3"))).IsRefused("invalid_client", 401);
        var same = await SigningClient.Add(_server, new ClientSettings { AuthenticationMethod = "tls_client_auth", CertificateSubject = "CN=app" });
        (await Ask(same, Rfc9440(good))).IsOk();
    }

    [Fact]
    public async Task The_metadata_says_what_works_here()
    {
        var metadata = (await _server.Get("/.well-known/openid-configuration")).IsOk().Json;
        Assert.Equal(
            ["client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth", "none"],
            metadata.GetProperty("token_endpoint_auth_methods_supported").EnumerateArray().Select(m => m.GetString()));
        Assert.True(metadata.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean());
    }

    [Theory]
    [InlineData("ClientCertificateHeader", "Client-Cert", "TrustedProxies is not")]
    [InlineData("AskForClientCertificates", "maybe", "must be true or false")]
    [InlineData("ClientCertificateAuthorities", "/nowhere/ca.pem", "cannot be read")]
    public void A_setting_that_cannot_work_stops_the_server_with_a_sentence(string name, string value, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<SettingsException>(() => Settings.Read("data", [KeyValuePair.Create(name, (string?)value)])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("CN=app", "CN=app", true)]
    [InlineData("cn = app , o = PT App", "O=PT App, CN=app", true)]
    [InlineData("CN=a\\2Cb", "CN=\"a,b\"", true)]
    [InlineData("2.5.4.3=app", "CN=app", true)]
    [InlineData("CN=Kopi \\C3\\A9", "CN=Kopi é", true)]
    [InlineData("CN=App", "CN=app", false)]
    [InlineData("O=PT App,CN=app", "O=PT App, CN=app", false)]
    [InlineData("CN=app+O=x", "CN=app", false)]
    [InlineData("CN=", "CN=app", false)]
    [InlineData("app", "CN=app", false)]
    [InlineData("CN=#04024869", "CN=Hi", false)]
    [InlineData("X=app", "CN=app", false)]
    [InlineData("", "CN=app", false)]
    public void A_subject_is_compared_part_by_part(string registered, string subject, bool same)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest(new X500DistinguishedName(subject, X500DistinguishedNameFlags.None), key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal(same, SubjectName.Read(registered) is { } name && name.SequenceEqual(SubjectName.Of(certificate)!));
    }

    private Task<Reply> Ask(string clientId, string? header) =>
        _server.PostForm("/oauth/introspect", [("token", "x"), ("client_id", clientId)], header is null ? [] : [(Header, header)]);

    private Task<Reply> UserInfo(string token, params (string Name, string Value)[] headers) =>
        _server.Get("/oauth/userinfo", [("Authorization", new AuthenticationHeaderValue("Bearer", token).ToString()), .. headers]);

    private X509Certificate2 SelfSigned(ECDsa key) =>
        new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSelfSigned(_server.Clock.Now.AddDays(-1), _server.Clock.Now.AddDays(1));

    private static string Rfc9440(X509Certificate2 certificate) => $":{Convert.ToBase64String(certificate.RawData)}:";

    private static string Nginx(X509Certificate2 certificate) => Uri.EscapeDataString(certificate.ExportCertificatePem() + "\n");
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Gapura.Client.Tests.Running;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gapura.Client.Tests.Tokens;

/// <summary>What else a good token may say.</summary>
public sealed class ClaimTests : IDisposable
{
    private readonly OwnIssuer _issuer = new();

    [Fact]
    public async Task Claims_keep_their_names_and_words_become_one_claim_each()
    {
        await using var api = await Api.Start(Trust);
        var me = await api.Get(_issuer.Token(claims =>
        {
            (claims["username"], claims["npwp"], claims["acr"], claims["scope"]) = ("coba", "018263453454543", "urn:gapura:acr:both", "read write");
            (claims["amr"], claims["act"], claims["role"]) = (new JsonArray("pwd", "swk"), new JsonObject { ["sub"] = "customs" }, "admin");
        }));
        Assert.Equal(200, me.Status);
        Assert.Equal(("coba", "018263453454543", "toko", "urn:gapura:acr:both"), (me.Text("username"), me.Text("npwp"), me.Text("client_id"), me.Text("acr")));
        Assert.Equal(("pwd swk", "read write", "customs", null), (me.Text("amr"), me.Text("scope"), me.Text("act"), me.Text("role")));
        Assert.Equal(200, (await api.Get(_issuer.Token(claims => claims["scope"] = "read write"), "/write")).Status);
        (await api.Get(_issuer.Token(claims => claims["scope"] = "overwrite"), "/write")).Refused(403, "insufficient_scope", "not given");
    }

    [Fact]
    public async Task A_token_without_its_end_its_audience_or_its_issuer_is_refused()
    {
        await using var api = await Api.Start(Trust);
        Assert.Equal(200, (await api.Get(_issuer.Token(_ => { }))).Status);
        (await api.Get(_issuer.Token(claims => claims.Remove("exp")))).Refused(401, "invalid_token", "It has expired.");
        (await api.Get(_issuer.Token(claims => claims.Remove("aud")))).Refused(401, "invalid_token", "It is not for this audience.");
        (await api.Get(_issuer.Token(claims => claims["aud"] = new JsonArray("https://a.example", OwnIssuer.Name + "/")))).Refused(401, "invalid_token", "It is not for this audience.");
        (await api.Get(_issuer.Token(claims => claims.Remove("iss")))).Refused(401, "invalid_token", "It is another issuer's.");
        Assert.Equal(200, (await api.Get(_issuer.Token(claims => claims["aud"] = new JsonArray("https://a.example", OwnIssuer.Name)))).Status);
    }

    [Fact]
    public async Task A_token_bound_to_a_certificate_needs_that_certificate()
    {
        using var its = Certificate("CN=its");
        using var another = Certificate("CN=another");
        using var host = Certificate("CN=127.0.0.1");
        await using var api = await Api.Start(Trust, kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            (https.ServerCertificate, https.ClientCertificateMode) = (host, ClientCertificateMode.AllowCertificate);
            https.AllowAnyClientCertificate();
        }));
        var token = _issuer.Token(claims => claims["cnf"] = new JsonObject { ["x5t#S256"] = Base64Url.EncodeToString(its.GetCertHash(HashAlgorithmName.SHA256)) });
        Assert.Equal((200, 401, 401), (await With(its), await With(another), await With(null)));

        async Task<int> With(X509Certificate2? certificate)
        {
            using var handler = new SocketsHttpHandler { UseProxy = false };
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == host.GetCertHashString();
            if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
            if (certificate is not null) handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
            using var http = new HttpClient(handler);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address + "/me")) { Headers = { Authorization = new("Bearer", token) } };
            using var answer = await http.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_token_bound_in_a_way_nobody_knows_is_refused()
    {
        await using var api = await Api.Start(Trust);
        foreach (var cnf in (JsonNode[])[new JsonObject { ["x"] = "y" }, new JsonObject(), JsonValue.Create("text"), new JsonObject { ["jkt"] = 7 }])
            (await api.Get(_issuer.Token(claims => claims["cnf"] = cnf.DeepClone()))).Refused(401, "invalid_token", "not understood");
    }

    [Fact]
    public async Task An_API_without_its_settings_does_not_start()
    {
        Assert.Contains("GAPURA_ISSUER", (await Assert.ThrowsAnyAsync<Exception>(() => Api.Start(_ => { }))).ToString(), StringComparison.Ordinal);
        Assert.Contains("GAPURA_API_KEY", (await Assert.ThrowsAnyAsync<Exception>(() => Api.Start(o => (o.Issuer, o.Introspect) = (OwnIssuer.Name, IntrospectWhen.Always)))).ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _issuer.Dispose();

    private void Trust(GapuraTokenOptions options) => (options.Issuer, options.BackchannelHandler) = (OwnIssuer.Name, _issuer);

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest(name, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Platforms;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What signs an ID token, and whether a stranger with the key set alone can tell.</summary>
public sealed class IdTokenAlgorithmTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "RS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("ES256", "ES256")]
    public async Task Is_RS256_unless_the_client_registered_another(string? registered, string used)
    {
        var tokens = await Tokens(registered);
        var idToken = tokens.GetProperty("id_token").GetString()!;
        Assert.Equal(used, Header(idToken).GetProperty("alg").GetString());
        Assert.Equal("ES256", Header(tokens.GetProperty("access_token").GetString()!).GetProperty("alg").GetString());
        var keys = await Keys();
        Assert.True(Verifies(idToken, keys));
        var parts = idToken.Split('.');
        Assert.False(Verifies($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes("{}"))}.{parts[2]}", keys));
    }

    [Fact]
    public async Task It_is_no_access_token_whatever_signed_it()
    {
        foreach (var algorithm in (string[])["RS256", "ES256"])
        {
            var idToken = (await Tokens(algorithm)).GetProperty("id_token").GetString()!;
            Assert.Null(server.Get<Mint>().Read(idToken));
            (await server.Get("/oauth/userinfo", ("Authorization", $"Bearer {idToken}"))).IsRefused("invalid_token", 401);
        }
    }

    [Fact]
    public async Task An_installation_from_before_gets_its_RSA_key_at_start_and_keeps_the_others()
    {
        await using var old = await GapuraServer.Start();
        var before = old.Get<SigningKeys>().Current(SigningAlgorithm.Es256).Id;
        await old.Database.Write(sql => sql.Execute("DELETE FROM sealed_keys WHERE purpose = 'signing-rs256'", new { }), Ct);
        await old.Pass(TimeSpan.Zero);
        Assert.Equal(before, old.Get<SigningKeys>().Current(SigningAlgorithm.Es256).Id);
        var made = old.Get<SigningKeys>().Current(SigningAlgorithm.Rs256).Id;
        await old.Pass(TimeSpan.FromDays(1));
        Assert.Equal(made, old.Get<SigningKeys>().Current(SigningAlgorithm.Rs256).Id);
        Assert.Equal(2, (await old.Get("/.well-known/jwks.json")).Json.GetProperty("keys").GetArrayLength());
    }

    private async Task<JsonElement> Tokens(string? registered)
    {
        var register = server.Get<PlatformRegister>();
        if (register.Active(CodeFlow.ClientId) is null) await CodeFlow.Register(server);
        Assert.True(await register.Update(register.Active(CodeFlow.ClientId)! with { Client = new ClientSettings { IdTokenAlgorithm = registered } }, Ct));
        await server.Follow();
        var flow = new CodeFlow(server);
        return (await flow.Exchange((await flow.ToCallback())["code"])).IsOk().Json;
    }

    private async Task<JsonElement> Keys() => (await server.Get("/.well-known/jwks.json")).IsOk().Json.GetProperty("keys");

    private static JsonElement Header(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement;

    private static bool Verifies(string token, JsonElement keys)
    {
        var parts = token.Split('.');
        var header = Header(token);
        var key = keys.EnumerateArray().Single(k => k.GetProperty("kid").GetString() == header.GetProperty("kid").GetString() && k.GetProperty("alg").GetString() == header.GetProperty("alg").GetString());
        var (signed, signature) = (Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]));
        byte[] Part(string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
        if (key.GetProperty("kty").GetString() == "RSA")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Part("n"), Exponent = Part("e") });
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Part("x"), Y = Part("y") } });
        return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.OpenId.Clients;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>What strangers sign: start with what is right, break one thing.</summary>
public sealed class SignedTextTests : IDisposable
{
    private readonly Signer _signer = Signer.Es256();

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    [InlineData("RS256")]
    public void A_signature_by_the_registered_key_is_verified_with_and_without_a_key_id(string algorithm)
    {
        using var signer = algorithm == "ES256" ? Signer.Es256() : Signer.Rsa(algorithm);
        using var other = algorithm == "ES256" ? Signer.Es256("two") : Signer.Rsa(algorithm, "two");
        var keys = ClientKeySet.Read(Signer.Set(other.Jwk, signer.Jwk));
        Assert.True(keys.Verifies(Read(signer.Sign([]))));
        Assert.True(keys.Verifies(Read(signer.Sign([], ("kid", null)))));
        Assert.False(keys.Verifies(Read(signer.Sign([], ("kid", "two")))));
        Assert.False(ClientKeySet.Read(Signer.Set(other.Jwk)).Verifies(Read(signer.Sign([], ("kid", null)))));
        Assert.Equal(signer.Thumbprint, ClientKey.Read(Element(signer.Jwk)).Key!.Thumbprint);
    }

    [Fact]
    public void Any_altered_character_is_refused()
    {
        var keys = ClientKeySet.Read(Signer.Set(_signer.Jwk));
        var text = _signer.Sign(new JsonObject { ["sub"] = "app" });
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.') continue;
            var altered = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.False(SignedText.Read(altered, 8192) is { } read && keys.Verifies(read), altered);
        }
    }

    [Fact]
    public void No_signature_is_no_signature()
    {
        var keys = ClientKeySet.Read(Signer.Set(_signer.Jwk));
        foreach (var algorithm in (string[])["none", "None", "NONE", "", "ES384", "HS256"])
        {
            var unsigned = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{algorithm}}","kid":"one"}"""))}.e30.";
            Assert.False(SignedText.Read(unsigned, 8192) is { } read && keys.Verifies(read));
        }
    }

    [Fact]
    public void A_public_key_is_no_shared_secret()
    {
        using var rsa = Signer.Rsa("RS256");
        var keys = ClientKeySet.Read(Signer.Set(rsa.Jwk));
        foreach (var secret in (byte[][])[Encoding.ASCII.GetBytes(rsa.Jwk.ToJsonString()), Base64Url.DecodeFromChars(rsa.Jwk["n"]!.ToString())])
        {
            var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","kid":"one"}"""u8)}.e30";
            var text = $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
            Assert.False(keys.Verifies(Read(text)));
        }
    }

    [Fact]
    public void A_key_serves_its_own_algorithm_and_signing_alone()
    {
        using var rsa = Signer.Rsa("RS256");
        var bound = rsa.Jwk;
        bound["alg"] = "PS256";
        Assert.False(ClientKeySet.Read(Signer.Set(bound)).Verifies(Read(rsa.Sign([]))));
        var encrypts = rsa.Jwk;
        encrypts["use"] = "enc";
        Assert.False(ClientKeySet.Read(Signer.Set(encrypts)).Verifies(Read(rsa.Sign([]))));
        encrypts["use"] = "sig";
        Assert.True(ClientKeySet.Read(Signer.Set(encrypts.DeepClone())).Verifies(Read(rsa.Sign([]))));
    }

    [Theory]
    [InlineData("""{"alg":"ES256","alg":"none"}""", "{}")]
    [InlineData("""{"alg":"ES256"}""", """{"sub":"app","sub":"other"}""")]
    [InlineData("""{"alg":"ES256","crit":["b64"],"b64":false}""", "{}")]
    [InlineData("""["ES256"]""", "{}")]
    [InlineData("""{"alg":"ES256"}""", "[]")]
    [InlineData("""{"alg":"ES256"}""", "\"text\"")]
    [InlineData("""{"alg":"ES256"}""", "")]
    [InlineData("""{"alg":"ES256"}""", """{"a":1} {"a":2}""")]
    [InlineData("not JSON", "{}")]
    public void What_is_ambiguous_is_not_read(string header, string claims) => Assert.Null(SignedText.Read(_signer.Sign(header, claims), 8192));

    [Fact]
    public void What_is_not_three_parts_of_base64url_is_not_read()
    {
        var text = _signer.Sign([]);
        var parts = text.Split('.');
        foreach (var broken in (string[])["", ".", "..", "...", $"{parts[0]}.{parts[1]}", text + ".", text + "=", text.Replace('.', ' '), $" {text}", $"{parts[0]}.{parts[1]}.{parts[2]}\n", $"{parts[0]}.e31.{parts[2]}"])
            Assert.Null(SignedText.Read(broken, 8192));
        Assert.Null(SignedText.Read(text, text.Length - 1));
        Assert.NotNull(SignedText.Read(text, text.Length));
    }

    [Fact]
    public void Half_a_character_is_no_text()
    {
        var text = SignedText.Read(_signer.Sign("""{"alg":"ES256"}""", """{"sub":"\ud800","iat":"1","exp":1e400,"aud":["a",1]}"""), 8192);
        if (text is null) return;
        Assert.Null(text.Claims.Text("sub"));
        Assert.Null(text.Claims.Instant("iat"));
        Assert.Null(text.Claims.Instant("exp"));
        Assert.Empty(text.Claims.Texts("aud"));
    }

    private static SignedText Read(string text) => SignedText.Read(text, 8192) ?? throw new InvalidOperationException(text);

    private static JsonElement Element(JsonNode node) => JsonDocument.Parse(node.ToJsonString()).RootElement;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Gapura.OpenId.Clients;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>Which public keys are taken, and that the others are refused by name where they are registered.</summary>
public sealed class ClientKeySetTests
{
    [Fact]
    public void Public_keys_of_both_kinds_are_taken()
    {
        using var ec = Signer.Es256();
        using var rsa = Signer.Rsa("PS256", "two");
        var set = Signer.Set(ec.Jwk, rsa.Jwk);
        Assert.Null(ClientKeySet.Problem(set));
        Assert.Equal(["one", "two"], ClientKeySet.Read(set).Keys.Select(k => k.Id));
    }

    [Theory]
    [InlineData("""{"kty":"oct","k":"c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0"}""", "private member k")]
    [InlineData("""{"kty":"oct"}""", "kty must be EC or RSA")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "kty must be EC or RSA")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}""", "crv must be P-256")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""", "32 bytes")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}""", "not a key")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""", "2,048 bits")]
    [InlineData("""{"kty":"RSA","e":"AQAB"}""", "n and e")]
    [InlineData("""[]""", "JSON object")]
    public void Everything_else_is_refused_and_passed_over(string jwk, string because)
    {
        var set = Signer.Set(JsonNode.Parse(jwk));
        Assert.Contains(because, ClientKeySet.Problem(set), StringComparison.Ordinal);
        Assert.Empty(ClientKeySet.Read(set).Keys);
    }

    [Fact]
    public void A_key_that_shows_its_private_part_is_no_key()
    {
        using var ec = Signer.Es256();
        var jwk = ec.Jwk;
        jwk["d"] = "AAAA";
        Assert.Contains("private member d", ClientKeySet.Problem(Signer.Set(jwk)), StringComparison.Ordinal);
        Assert.Empty(ClientKeySet.Read(Signer.Set(jwk.DeepClone())).Keys);
    }

    [Fact]
    public void An_RSA_key_is_neither_short_nor_endless()
    {
        using var small = Signer.Rsa("PS256", bits: 1024);
        Assert.Contains("2,048 bits", ClientKeySet.Problem(Signer.Set(small.Jwk)), StringComparison.Ordinal);
        using var good = Signer.Rsa("PS256");
        var jwk = good.Jwk;
        jwk["n"] = jwk["n"] + new string('A', 1368);
        Assert.Contains("8,192 bits", ClientKeySet.Problem(Signer.Set(jwk)), StringComparison.Ordinal);
        jwk = good.Jwk;
        jwk["e"] = "AQ";
        Assert.Contains("not a key", ClientKeySet.Problem(Signer.Set(jwk)), StringComparison.Ordinal);
        jwk["e"] = "AAEAAQ";
        Assert.Contains("leading zeros", ClientKeySet.Problem(Signer.Set(jwk.DeepClone())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("[]")]
    public void A_set_without_keys_is_refused(string set) => Assert.NotNull(ClientKeySet.Problem(JsonDocument.Parse(set).RootElement));
}

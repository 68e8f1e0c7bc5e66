using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>Introspection as a signed text (RFC 9701).</summary>
public sealed class SignedIntrospectionTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private const string Type = "application/token-introspection+jwt";

    [Fact]
    public async Task Who_asks_for_it_signed_has_the_same_answer_signed_for_themselves()
    {
        var (access, _) = await server.SignIn();
        var plain = (await server.Introspect(access, server.ApiKey)).IsOk().Text;
        var reply = await Ask(access);
        Assert.Equal(Type, reply.IsOk()["Content-Type"]);
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(reply.Text.Split('.')[0])).RootElement;
        var key = server.Get<SigningKeys>().Published(SigningAlgorithm.Es256).Single(k => k.Id == header.GetProperty("kid").GetString());
        Assert.Equal(("ES256", "token-introspection+jwt"), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        Assert.True(key.Verify(Encoding.ASCII.GetBytes(reply.Text[..reply.Text.LastIndexOf('.')]), Base64Url.DecodeFromChars(reply.Text.Split('.')[2])));
        var claims = CodeFlow.Claims(reply.Text);
        Assert.Equal(["iss", "aud", "iat", "token_introspection"], claims.EnumerateObject().Select(m => m.Name));
        Assert.Equal((server.Issuer, GapuraServer.ClientId, server.Clock.Now.ToUnixTimeSeconds()), (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("iat").GetInt64()));
        Assert.Equal(plain, claims.GetProperty("token_introspection").GetRawText());
    }

    [Fact]
    public async Task Nothing_is_said_of_a_token_that_is_none_and_the_answer_is_no_token_itself()
    {
        var reply = (await Ask("nothing")).IsOk();
        Assert.Equal("""{"active":false}""", CodeFlow.Claims(reply.Text).GetProperty("token_introspection").GetRawText());
        (await server.Introspect(reply.Text, server.ApiKey)).Is(200, """{"active":false}""");
        Assert.Null(server.Get<Mint>().Read(reply.Text));
    }

    private Task<Reply> Ask(string token) => server.PostForm("/oauth/introspect", [("token", token)], ("beacukai-api-key", server.ApiKey), ("Accept", $"{Type}, application/json;q=0.5"));
}

using System.Text.Json.Nodes;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId.Clients;

/// <summary>A platform that shows who it is by a key of its own, registered and ready to call.</summary>
internal sealed class SigningClient(GapuraServer server, string clientId, Signer signer)
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static int _number;

    public string ClientId => clientId;

    /// <summary>Of FAPI 2.0's settings where <paramref name="change"/> says so.</summary>
    public static async Task<SigningClient> Register(GapuraServer server, Signer signer, Func<ClientSettings, ClientSettings>? change = null)
    {
        var settings = new ClientSettings { AuthenticationMethod = "private_key_jwt", Jwks = Signer.Set(signer.Jwk) };
        return new SigningClient(server, await Add(server, change?.Invoke(settings) ?? settings), signer);
    }

    /// <returns>The client id.</returns>
    public static async Task<string> Add(GapuraServer server, ClientSettings settings)
    {
        var clientId = $"signs-{Interlocked.Increment(ref _number)}";
        Assert.True(await server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = clientId, Name = "Penanda", Company = "PT Penanda", Domain = Seed.Origin($"https://{clientId}.example.com"), RedirectUris = [CodeFlow.Callback], CreatedAt = server.Clock.Now, Client = settings,
        }, TestContext.Current.CancellationToken));
        await server.Follow();
        return clientId;
    }

    public JsonObject Claims(params (string Name, JsonNode? Value)[] changed)
    {
        var now = server.Clock.Now.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = clientId, ["sub"] = clientId, ["aud"] = server.Issuer, ["jti"] = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)), ["iat"] = now, ["exp"] = now + 60 };
        foreach (var (name, value) in changed)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }

        return claims;
    }

    public string Assertion(params (string Name, JsonNode? Value)[] changed) => signer.Sign(Claims(changed));

    /// <summary>Asks what only an authenticated client may: 200 when the assertion is taken.</summary>
    public Task<Reply> Ask(string assertion, params (string Name, string Value)[] more) =>
        server.PostForm("/oauth/introspect", [("token", "anything"), ("client_assertion_type", AssertionType), ("client_assertion", assertion), .. more]);
}

using Gapura.OpenId.Registration;
using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>Before the first sign-in and after the last: strangers' clients register themselves, sign people out and hear of it.</summary>
public sealed class StrangerLifeTests(StrangerServer strangers) : IClassFixture<StrangerServer>
{
    private const string Left = "https://app.example.com/left";

    [Fact]
    public async Task With_openid_client_a_program_registers_its_platform_and_signs_somebody_in_with_what_it_got()
    {
        var (_, token) = await strangers.Server.Get<RegistrationTokens>().Issue("PT Toko Daring", 1, strangers.Server.Clock.Now.AddHours(1), TestContext.Current.CancellationToken);
        var said = await strangers.Run("openid-client-registration.mjs", new StrangerPlatform("", "", CodeFlow.Callback), ("initialAccessToken", token.Reveal()));
        Assert.Equal(said.GetProperty("clientId").GetString(), said.GetProperty("audience").GetString());
        Assert.Equal("Toko Daring", said.GetProperty("name").GetString());
        Assert.True(said.GetProperty("secret").GetBoolean());
        Assert.Equal("[204,401]", said.GetProperty("statuses").GetRawText());
    }

    [Fact]
    public async Task With_openid_client_a_person_is_signed_out_and_the_platform_gets_a_logout_token_that_jose_verifies()
    {
        var port = StrangerServer.FreePort();
        var platform = await strangers.Register("leaves", keyed: true, settings: new ClientSettings { PostLogoutRedirectUris = [Left], BackChannelLogoutUri = $"http://127.0.0.1:{port}/logout" });
        var said = await strangers.Run("openid-client-logout.mjs", platform, ("port", port), ("afterLogout", Left));
        Assert.Equal($"{Left}?state=signed%20out", said.GetProperty("left").GetString());
        Assert.Equal("""["http://schemas.openid.net/event/backchannel-logout"]""", said.GetProperty("events").GetRawText());
        Assert.True(said.GetProperty("same").GetBoolean());
        Assert.Equal("null", said.GetProperty("nonce").GetRawText());
    }
}

using Gapura.Platforms;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A site that knows nothing of us but an address: Debian's Apache with mod_auth_openidc signs people in, in front of pages that never heard of it.</summary>
public sealed class ApacheTests(StrangerServer strangers) : IClassFixture<StrangerServer>
{
    [Fact]
    public async Task With_mod_auth_openidc_a_guarded_page_knows_who_came_and_the_module_renews_and_ends_the_session()
    {
        var (site, platform) = await Start("apache");
        await using var _ = site;
        var said = await strangers.Run("mod-auth-openidc.mjs", platform, ("site", site.Address));

        Assert.Equal($"{site.Address}/inside.html", said.GetProperty("inside").GetString());
        var environment = said.GetProperty("environment");
        Assert.Equal($"{strangers.Server.Account.Id}@{strangers.Server.Issuer}", environment.GetProperty("REMOTE_USER").GetString());
        Assert.Equal("018263453454543", environment.GetProperty("OIDC_CLAIM_npwp").GetString());
        Assert.True(said.GetProperty("renewed").GetBoolean(), site.Log);
        Assert.Equal("Coba Jualan", said.GetProperty("person").GetProperty("name").GetString());
        Assert.Equal($"{site.Address}/left.html", said.GetProperty("left").GetString());
        Assert.Equal(401, said.GetProperty("again").GetInt32());
    }

    [Fact]
    public async Task With_mod_auth_openidc_a_person_who_signs_out_here_is_let_in_there_no_more()
    {
        var (site, platform) = await Start("apache-logout");
        await using var _ = site;
        var said = await strangers.Run("mod-auth-openidc-logout.mjs", platform, ("site", site.Address));
        Assert.Equal(200, said.GetProperty("before").GetInt32());
        Assert.True(said.GetProperty("after").GetInt32() == 401, site.Log);
    }

    private async Task<(ApacheSite Site, StrangerPlatform Platform)> Start(string clientId)
    {
        ApacheSite.NeedsApache();
        var port = StrangerServer.FreePort();
        var address = $"http://127.0.0.1:{port}";
        var platform = await strangers.Register(clientId, keyed: true, $"{address}/callback", new ClientSettings
        {
            BackChannelLogoutUri = $"{address}/callback?logout=backchannel", PostLogoutRedirectUris = [$"{address}/left.html"],
        });
        return (await ApacheSite.Start(strangers.Server.Issuer, platform, port), platform);
    }
}

using Gapura.OpenId.Authorization;
using Gapura.OpenId.Connected;
using Gapura.Storage;
using Gapura.Tokens;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>What was agreed to and what is open, brought together.</summary>
public sealed class ConnectedPlatformTests
{
    private static readonly DateTimeOffset Monday = new(2026, 7, 6, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_platform_is_listed_once_whatever_it_holds_since_the_oldest_of_it()
    {
        var all = ConnectedPlatform.From([Agreed("app", "npwp", 2), Agreed("app", "openid", 1)], [Open("app", Door.OpenId, "openid email", 0), Open("lain", Door.Qr, "", 3)]);
        Assert.Equal(["lain", "app"], all.Select(p => p.ClientId));
        Assert.Equal((Monday, "openid email npwp"), (all[1].Since, string.Join(' ', all[1].MayKnow)));
    }

    [Fact]
    public void A_door_tells_the_user_name_and_the_popup_the_tax_number()
    {
        Assert.Equal([ConnectedPlatform.UserName], Assert.Single(ConnectedPlatform.From([], [Open("app", Door.Qr, "", 0)])).MayKnow);
        Assert.Equal(["npwp", ConnectedPlatform.UserName], Assert.Single(ConnectedPlatform.From([], [Open("app", Door.Seamless, "", 0)])).MayKnow);
        Assert.Equal(["profile"], Assert.Single(ConnectedPlatform.From([Agreed("app", "profile", 0)], [Open("app", Door.Qr, "", 0)])).MayKnow);
    }

    [Fact]
    public void Whoever_asked_for_nothing_knows_that_it_is_they() => Assert.Equal(["openid"], Assert.Single(ConnectedPlatform.From([Agreed("app", "", 0)], [])).MayKnow);

    [Fact]
    public void It_stays_connected_by_consent_or_by_a_token_that_lives()
    {
        Assert.True(Assert.Single(ConnectedPlatform.From([Agreed("app", "openid", 0), Agreed("app", "offline_access", 0)], [])).StaysConnected);
        Assert.True(Assert.Single(ConnectedPlatform.From([], [Open("app", Door.Qr, "", 0) with { IsRenewable = true }])).StaysConnected);
        Assert.False(Assert.Single(ConnectedPlatform.From([Agreed("app", "openid", 0)], [Open("app", Door.OpenId, "openid", 0)])).StaysConnected);
    }

    private static Consent Agreed(string clientId, string scope, int hours) => new(clientId, scope, Monday.AddHours(hours));

    private static OpenGrant Open(string clientId, Door door, string scope, int hours) => new(clientId, door, scope, Monday.AddHours(hours), IsRenewable: false);
}

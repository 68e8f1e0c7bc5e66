using Gapura.OpenId.DeviceFlow;
using Gapura.Platforms;
using Gapura.Sessions;
using Xunit;

namespace Gapura.Tests.OpenId;

public sealed class UserCodeTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    [Theory]
    [InlineData("WDJB-MJHT")]
    [InlineData("wdjbmjht")]
    [InlineData(" wdjb mjht ")]
    [InlineData("WDJB–MJHT")]
    [InlineData("W-D-J-B-M-J-H-T")]
    public void What_people_type_for_a_code_is_that_code(string typed) => Assert.Equal("WDJB-MJHT", UserCode.Read(typed).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("WDJB-MJH")]
    [InlineData("WDJB-MJHTT")]
    [InlineData("WDJA-MJHT")]
    [InlineData("WDJ8-MJHT")]
    [InlineData("WDJB-MJHı")]
    [InlineData("--------------------------------WDJBMJHT")]
    public void What_is_no_code_is_none(string? typed) => Assert.Null(UserCode.Read(typed));

    [Fact]
    public void No_two_of_a_thousand_are_alike()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => UserCode.New()).ToHashSet();
        Assert.Equal(1000, codes.Count);
        Assert.All(codes, c => Assert.Equal(c, UserCode.Read(c.ToString())));
    }

    [Theory]
    [InlineData("/device?user_code=WDJB-MJHT", true)]
    [InlineData("/device?user_code=WDJB-MJHT&x=1", false)]
    [InlineData("/device?user_code=WDJB-MJH%", false)]
    [InlineData("/device?user_code=../account1", false)]
    [InlineData("/device?user_code=", false)]
    [InlineData("/device", false)]
    [InlineData("//device?user_code=WDJB-MJHT", false)]
    [InlineData("/device/?user_code=WDJBMJHT", false)]
    public void Of_our_own_addresses_a_sign_in_leads_back_to_a_code_and_nothing_behind_it(string next, bool isKept)
    {
        var read = NextPage.Read(next, server.Get<PlatformRegister>());
        Assert.Equal(isKept ? next : "/account", read.Address);
        Assert.False(read.MayBePopup);
    }
}

using System.Net;
using Gapura.Kernel;
using Xunit;

namespace Gapura.Tests.Kernel;

public sealed class NetworkNameTests
{
    [Theory]
    [InlineData("103.28.12.77", "103.28.12.0/24")]
    [InlineData("::ffff:103.28.12.77", "103.28.12.0/24")]
    [InlineData("2001:448a:2020:1:2:3:4:5", "2001:448a:2020::/48")]
    [InlineData("127.0.0.1", "127.0.0.0/8")]
    [InlineData("127.3.2.1", "127.0.0.0/8")]
    [InlineData("::1", "127.0.0.0/8")]
    public void A_network_is_named_without_the_one_in_it(string address, string network) => Assert.Equal(network, NetworkName.Of(IPAddress.Parse(address)));

    [Fact]
    public void No_address_has_no_network() => Assert.Null(NetworkName.Of(null));
}

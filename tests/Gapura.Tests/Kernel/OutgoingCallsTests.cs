using System.Net;
using Gapura.Kernel;
using Xunit;

namespace Gapura.Tests.Kernel;

/// <summary>Where the server calls when a platform names an address: the public internet, and nothing of its own network.</summary>
public sealed class OutgoingCallsTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("202.43.169.1", true)]
    [InlineData("2404:6800:4003::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:7f00:1::", false)]
    [InlineData("2001:10::1", false)]
    [InlineData("3fff::1", false)]
    public void Only_public_addresses_are_called(string address, bool isPublic) => Assert.Equal(isPublic, OutgoingCalls.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://app.example.com/jwks", true, true)]
    [InlineData("http://app.example.com/jwks", false, false)]
    [InlineData("http://localhost:8080/jwks", false, true)]
    [InlineData("https://app.example.com/jwks#part", false, false)]
    [InlineData("https://app.example.com\\@10.0.0.1/jwks", false, false)]
    [InlineData("ftp://app.example.com/jwks", false, false)]
    [InlineData("file:///etc/passwd", false, false)]
    [InlineData("https://user@app.example.com/jwks", false, false)]
    [InlineData("/jwks", false, false)]
    [InlineData("", false, false)]
    public void Over_https_and_in_development_over_http_to_this_machine_too(string text, bool usual, bool development)
    {
        Assert.Equal(usual, OutgoingCalls.Allowed(text, Seed.Origin("https://id.example.go.id")) is not null);
        Assert.Equal(development, OutgoingCalls.Allowed(text, Seed.Origin("http://localhost:5080")) is not null);
    }

    [Fact]
    public async Task A_name_that_leads_into_our_own_network_is_not_connected_to()
    {
        using var http = new HttpClient(OutgoingCalls.Handler(Seed.Origin("https://id.example.go.id")));
        foreach (var host in (string[])["127.0.0.1", "localhost", "[::1]"])
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"https://{host}/jwks"), TestContext.Current.CancellationToken));
            Assert.Contains("not one of the world outside", refused.ToString(), StringComparison.Ordinal);
        }
    }
}

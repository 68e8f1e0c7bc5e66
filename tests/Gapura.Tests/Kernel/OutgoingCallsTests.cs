using System.Net;
using Gapura.Kernel;
using Xunit;

namespace Gapura.Tests.Kernel;

/// <summary>An address that somebody else named leads into the world, or nowhere.</summary>
public sealed class OutgoingCallsTests
{
    private static readonly WebOrigin Deployed = Seed.Origin("https://id.example.go.id");
    private static readonly WebOrigin Developers = Seed.Origin("http://localhost:5080");

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("103.28.12.9", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.0.9", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("ff02::1", false)]
    public void An_address_is_of_the_world_or_it_is_not(string address, bool isPublic) => Assert.Equal(isPublic, OutgoingCalls.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://app.example.com/logout", true, true)]
    [InlineData("https://app.example.com:8443/logout?a=b", true, true)]
    [InlineData("http://127.0.0.1:5300/logout", false, true)]
    [InlineData("http://localhost/logout", false, true)]
    [InlineData("http://app.example.com/logout", false, false)]
    [InlineData("https://user:word@app.example.com/", false, false)]
    [InlineData("https://app.example.com/#a", false, false)]
    [InlineData("ftp://app.example.com/", false, false)]
    [InlineData("file:///etc/passwd", false, false)]
    [InlineData("/logout", false, false)]
    [InlineData("https://app.example.com\\@evil.example.com/", false, false)]
    [InlineData("", false, false)]
    public void Only_https_is_called_and_this_machine_only_by_a_developers_installation(string address, bool deployed, bool developers) =>
        Assert.Equal((deployed, developers), (OutgoingCalls.Allowed(address, Deployed) is not null, OutgoingCalls.Allowed(address, Developers) is not null));

    [Theory]
    [InlineData("https://127.0.0.1:9/")]
    [InlineData("https://[::1]:9/")]
    [InlineData("https://localhost:9/")]
    [InlineData("https://10.0.0.1:9/")]
    [InlineData("https://[::ffff:127.0.0.1]:9/")]
    public async Task No_name_leads_inside(string address)
    {
        using var http = new HttpClient(OutgoingCalls.Handler(Deployed));
        var no = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(address), TestContext.Current.CancellationToken));
        Assert.Contains("not one of the world outside", no.ToString(), StringComparison.Ordinal);
    }
}

using Gapura.Devices;
using Gapura.Hosting;
using Xunit;

namespace Gapura.Tests.Devices;

/// <summary>Nobody makes this server call anything but a push service on the list.</summary>
public sealed class PushHostsTests
{
    private static readonly string[] Hosts = [.. PushOptions.UsualHosts, "localhost:9999", "10.0.0.7:8443"];

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc:def")]
    [InlineData("https://FCM.googleapis.com:443/x")]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/x")]
    [InlineData("https://a.b.push.services.mozilla.com/x")]
    [InlineData("https://db5p.notify.windows.com/w/?token=x")]
    [InlineData("https://web.push.apple.com/x")]
    [InlineData("http://localhost:9999/x")]
    [InlineData("https://localhost:9999/x")]
    [InlineData("https://10.0.0.7:8443/x")]
    public void A_push_service_on_the_list_is_called(string endpoint) => Assert.NotNull(PushHosts.Allowed(endpoint, Hosts));

    [Theory]
    [InlineData("")]
    [InlineData("/x")]
    [InlineData("http://fcm.googleapis.com/x")]
    [InlineData("https://fcm.googleapis.com:8443/x")]
    [InlineData("https://fcm.googleapis.com.evil.example/x")]
    [InlineData("https://fcm.googleapis.com./x")]
    [InlineData("https://evilfcm.googleapis.com/x")]
    [InlineData("https://push.services.mozilla.com/x")]
    [InlineData("https://evilnotify.windows.com/x")]
    [InlineData("https://.notify.windows.com/x")]
    [InlineData("https://fcm.googleapis.com@evil.example/x")]
    [InlineData("https://evil.example\\@fcm.googleapis.com/x")]
    [InlineData("https://user@fcm.googleapis.com/x")]
    [InlineData("https://evil.example/#@fcm.googleapis.com/x")]
    [InlineData("https://fcm.googleapis.com/x#y")]
    [InlineData("https://evil.example?fcm.googleapis.com/x")]
    [InlineData("https://fcm.googleapis.com\n.evil.example/x")]
    [InlineData("https://fcm.google\u00adapis.com/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/x")]
    [InlineData("http://localhost/x")]
    [InlineData("http://127.0.0.1:9999/x")]
    [InlineData("http://10.0.0.7:8443/x")]
    [InlineData("ftp://fcm.googleapis.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_is_not(string endpoint) => Assert.Null(PushHosts.Allowed(endpoint, Hosts));

    [Fact]
    public void Neither_is_an_endless_address_nor_anything_where_push_is_off()
    {
        const string Good = "https://web.push.apple.com/";
        Assert.NotNull(PushHosts.Allowed(Good.PadRight(1024, 'a'), Hosts));
        Assert.Null(PushHosts.Allowed(Good.PadRight(1025, 'a'), Hosts));
        Assert.Null(PushHosts.Allowed(Good, []));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("https://fcm.googleapis.com")]
    [InlineData("fcm.googleapis.com/x")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("a b")]
    [InlineData("fcm.googleapis.com:0")]
    [InlineData("fcm.googleapis.com:99999")]
    public void An_operators_list_has_its_form(string hosts) =>
        Assert.Contains("Push:Hosts", Assert.Throws<SettingsException>(() => Read(hosts)).Message, StringComparison.Ordinal);

    [Fact]
    public void None_switches_it_off_and_nothing_said_means_the_usual_ones()
    {
        Assert.Empty(Read("none").Push.Hosts);
        Assert.Equal(PushOptions.UsualHosts, Read(null).Push.Hosts);
        Assert.Equal(["a.example", "*.b.example:8443"], Read(" a.example , *.b.example:8443 ").Push.Hosts);
    }

    [Theory]
    [InlineData("ops@example.go.id")]
    [InlineData("http://example.go.id")]
    [InlineData("mailto:a b")]
    [InlineData("")]
    public void The_subject_is_an_address_to_write_to(string subject) =>
        Assert.Contains("Push:Subject", Assert.Throws<SettingsException>(() => Settings.Read("x", [KeyValuePair.Create("Push:Subject", (string?)subject)])).Message, StringComparison.Ordinal);

    private static Settings Read(string? hosts) => Settings.Read("x", [KeyValuePair.Create("Push:Hosts", hosts)]);
}

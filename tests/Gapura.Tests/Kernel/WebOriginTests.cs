using FsCheck;
using FsCheck.Fluent;
using Gapura.Kernel;
using Xunit;

namespace Gapura.Tests.Kernel;

public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://ttb.example.com", "https://ttb.example.com", "ttb.example.com")]
    [InlineData("https://TTB.Example.COM", "https://ttb.example.com", "ttb.example.com")]
    [InlineData("HTTPS://ttb.example.com", "https://ttb.example.com", "ttb.example.com")]
    [InlineData("https://ttb.example.com:443", "https://ttb.example.com", "ttb.example.com")]
    [InlineData("https://ttb.example.com:8443", "https://ttb.example.com:8443", "ttb.example.com:8443")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("https://BÜCHER.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("https://xn--bcher-kva.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("https://192.0.2.7", "https://192.0.2.7", "192.0.2.7")]
    [InlineData("https://[2001:DB8:0:0:1:0:0:1]", "https://[2001:db8::1:0:0:1]", "[2001:db8::1:0:0:1]")]
    [InlineData("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]:8443")]
    [InlineData("http://localhost", "http://localhost", "localhost")]
    [InlineData("http://localhost:5080", "http://localhost:5080", "localhost:5080")]
    [InlineData("http://ttb.localhost:5081", "http://ttb.localhost:5081", "ttb.localhost:5081")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080", "127.0.0.1:5080")]
    [InlineData("http://[::1]:5080", "http://[::1]:5080", "[::1]:5080")]
    public void One_form_for_each_origin(string text, string origin, string host)
    {
        Assert.True(WebOrigin.TryParse(text, out var parsed));
        Assert.Equal((origin, host), (parsed.Text, parsed.Host));
        Assert.Equal(origin, $"{parsed}");
        Assert.True(WebOrigin.TryParse(parsed.Text, out var again));
        Assert.Equal(parsed, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("https://*")]
    [InlineData("https://*.example.com")]
    [InlineData("https://.example.com")]
    [InlineData("https://tautauberes.id/.")]
    [InlineData("https://0\u30020/.")]
    [InlineData("https://a..example.com")]
    [InlineData(".example.com")]
    [InlineData("ttb.example.com")]
    [InlineData("//ttb.example.com")]
    [InlineData("https:ttb.example.com")]
    [InlineData("https:/ttb.example.com")]
    [InlineData("https:///ttb.example.com")]
    [InlineData("https://")]
    [InlineData("https://ttb.example.com.")]
    [InlineData("https://ttb.example.com.:8443")]
    [InlineData("https://ttb.example.com。")]
    [InlineData("https://ttb.example.com/")]
    [InlineData("https://ttb.example.com/path")]
    [InlineData("https://ttb.example.com?query")]
    [InlineData("https://ttb.example.com#fragment")]
    [InlineData("https://ttb.example.com:")]
    [InlineData("https://ttb.example.com:65536")]
    [InlineData("https://ttb.example.com:-1")]
    [InlineData("https://ttb.example.com:port")]
    [InlineData("https://user@ttb.example.com")]
    [InlineData("https://user:password@ttb.example.com")]
    [InlineData("https://@ttb.example.com")]
    [InlineData("https://ttb.example.com@evil.example")]
    [InlineData("https://ttb.example.com\\@evil.example")]
    [InlineData("https://ttb.example.com\\.evil.example")]
    [InlineData("https://ttb.example.com%2eevil.example")]
    [InlineData("https://ttb.example.com,https://evil.example")]
    [InlineData("https://ttb.example.com https://evil.example")]
    [InlineData(" https://ttb.example.com")]
    [InlineData("https://ttb.example.com ")]
    [InlineData("https://ttb.exam\tple.com")]
    [InlineData("https://ttb.exam\nple.com")]
    [InlineData("https://ttb.example.com\n")]
    [InlineData("https://ttb.example.com\0")]
    [InlineData("https://ttb.exam\u00adple.com")] // soft hyphen: invisible, and dropped by browsers
    [InlineData("https://ttb.exam\u200bple.com")] // zero width space
    [InlineData("https://[::1")]
    [InlineData("https://[fe80::1%25eth0]")]
    [InlineData("https://ttb'.example.com")]
    [InlineData("https://ttb\".example.com")]
    [InlineData("https://<ttb>.example.com")]
    [InlineData("https://ttb;.example.com")]
    [InlineData("http://ttb.example.com")]
    [InlineData("http://192.0.2.7")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://notlocalhost")]
    [InlineData("ws://localhost")]
    [InlineData("ftp://ttb.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://0。0")]
    [InlineData("https://1。2。3")]
    [InlineData("javascript://ttb.example.com")]
    [InlineData("data:text/html,x")]
    [InlineData("blob:https://ttb.example.com")]
    public void Anything_else_is_no_origin(string? text) => Assert.False(WebOrigin.TryParse(text, out _));

    [Fact]
    public void Ports_and_schemes_and_hosts_make_different_origins()
    {
        string[] texts = ["https://a.example", "https://a.example:8443", "https://b.example", "https://a.a.example", "http://localhost", "https://localhost", "http://localhost:443"];
        Assert.Equal(texts.Length, texts.Select(Seed.Origin).Distinct().Count());
    }

    [Fact]
    public void No_text_makes_it_fail_and_what_it_accepts_it_accepts_again() => Prop.ForAll(
        Arb.From(Gen.Elements("https://", "http://localhost", "a", "é", ".", ":", "/", "[", "::1", "]", "%", "0", "\ud800", "xn--", "。", "\u0001", "-", "_", "@", "１").ListOf().Select(parts => string.Concat(parts.Prepend("https://")))),
        text => !WebOrigin.TryParse(text, out var origin) || (WebOrigin.TryParse(origin.Text, out var again) && again == origin && origin.Text.All(char.IsAscii))).Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(5_000, 100_000)));
}

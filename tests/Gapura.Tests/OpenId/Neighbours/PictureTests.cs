using System.Text;
using Gapura.OpenId.Neighbours;
using Xunit;

namespace Gapura.Tests.OpenId.Neighbours;

/// <summary>A right picture, and one thing wrong with it.</summary>
public sealed class PictureTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [InlineData("https://gambar.example.com/siti.png")]
    [InlineData("HTTPS://gambar.example.com:8443/")]
    [InlineData("https://xn--bcher-kva.example/a?b=c#d")]
    [InlineData("data:image/png;base64," + Png)]
    public void A_right_one(string text) => Assert.True(Picture.IsOne(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("https:/gambar.example.com")]
    [InlineData("http://gambar.example.com/siti.png")]
    [InlineData("//gambar.example.com/siti.png")]
    [InlineData("/siti.png")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData(" https://gambar.example.com/")]
    [InlineData("https://gambar.example.com/a b")]
    [InlineData("https://gambar.example.com/\"onerror=\"x")]
    [InlineData("https://gambar.example.com/<x>")]
    [InlineData("https://user:pass@gambar.example.com/")]
    [InlineData("https://gambar.example.com/\u202egnp.exe")]
    [InlineData("vbscript:x")]
    [InlineData("blob:https://gambar.example.com/1")]
    [InlineData("data:")]
    [InlineData("data:,")]
    [InlineData("data:image/png,x")]
    [InlineData("data:text/html;base64,PHNjcmlwdD4=")]
    [InlineData("data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=")]
    [InlineData("data:image/png;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=")]
    [InlineData("data:image/jpeg;base64," + Png)]
    [InlineData("data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")]
    [InlineData("data:image/png;charset=utf-8;base64," + Png)]
    [InlineData("data:image/png;base64,," + Png)]
    [InlineData("data:image/png;base64," + Png + "=")]
    [InlineData("data:image/png;base64," + Png + "\n")]
    [InlineData("data:IMAGE/PNG;base64," + Png)]
    [InlineData("DATA:image/png;base64," + Png)]
    [InlineData("data:image/png;base64,iVBORw0KGgo=")]
    public void A_wrong_one(string? text) => Assert.False(Picture.IsOne(text));

    [Fact]
    public void An_address_has_at_most_2000_characters_and_a_picture_8_KiB()
    {
        Assert.True(Picture.IsOne("https://gambar.example.com/".PadRight(2000, 'a')));
        Assert.False(Picture.IsOne("https://gambar.example.com/".PadRight(2001, 'a')));
        Assert.True(Picture.IsOne(Jpeg(Picture.LargestBytes)));
        Assert.False(Picture.IsOne(Jpeg(Picture.LargestBytes + 1)));
        Assert.False(Picture.IsOne(Jpeg(1024 * 1024)));
    }

    private static string Jpeg(int bytes) => "data:image/jpeg;base64," + Convert.ToBase64String([0xFF, 0xD8, 0xFF, .. Encoding.ASCII.GetBytes(new string('a', bytes - 3))]);
}

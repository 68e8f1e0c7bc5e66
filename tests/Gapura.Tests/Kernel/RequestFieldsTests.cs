using System.Text;
using Gapura.Kernel;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gapura.Tests.Kernel;

public sealed class RequestFieldsTests
{
    [Theory]
    [InlineData("token=a", "a")]
    [InlineData("token=a%2Bb+c", "a+b c")]
    [InlineData("%74oken=a", "a")]
    [InlineData("x&token=a&", "a")]
    [InlineData("token=a=b", "a=b")]
    [InlineData("token=a%ZZ", "a%ZZ")]
    [InlineData("Token=a", null)]
    [InlineData("token", "")]
    public async Task A_form_is_read_as_browsers_write_it(string body, string? token) => Assert.Equal(token, (await Read(Encoding.UTF8.GetBytes(body))).Fields!["token"]);

    [Theory]
    [InlineData("token=a&token=b")]
    [InlineData("token=a&Token=b")]
    [InlineData("token=a&tok%65n=b")]
    [InlineData("=a&=b")]
    public async Task A_name_twice_in_whatever_letters_is_refused(string body) => Assert.Equal("A parameter appears twice.", (await Read(Encoding.UTF8.GetBytes(body))).Refusal!.English);

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused() => Assert.Equal("The body holds text that is not valid Unicode.", (await Read([.. "token="u8, 0xFF])).Refusal!.English);

    [Theory]
    [InlineData("token=a%00b")]
    [InlineData("token=a%1Fb")]
    [InlineData("token=a%7Fb")]
    [InlineData("token=a%C2%9Fb")]
    public async Task A_text_holds_no_control_characters(string body) => Assert.Null((await Read(Encoding.UTF8.GetBytes(body))).Fields!.Text("token", 1, 100));

    [Fact]
    public async Task A_text_may_hold_what_lies_beside_them() => Assert.Equal("a b~\u00A0", (await Read("token=a+b~%C2%A0"u8.ToArray())).Fields!.Text("token", 1, 100));

    private static Task<(RequestFields? Fields, Refusal? Refusal)> Read(byte[] body) =>
        RequestFields.Read(new DefaultHttpContext { Request = { Body = new MemoryStream(body), ContentType = "application/x-www-form-urlencoded" } }.Request, TestContext.Current.CancellationToken);
}

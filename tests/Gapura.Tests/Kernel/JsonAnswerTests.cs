using Gapura.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gapura.Tests.Kernel;

public sealed class JsonAnswerTests
{
    private static readonly CodedError Odd = new("invalid_request", "Tanda kutip \" dan + & < > é \u2028 😀");

    [Fact]
    public async Task It_says_what_the_frameworks_own_says()
    {
        var expected = await Said(Results.Json(Odd, WireJson.Default.CodedError));
        Assert.Contains("+ & < >", expected.Body, StringComparison.Ordinal);
        Assert.Equal(expected, await Said(new JsonAnswer<CodedError>(Odd, WireJson.Default.CodedError)));
    }

    private static async Task<(int Status, string? Type, string Body)> Said(IResult answer)
    {
        using var body = new MemoryStream();
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await answer.ExecuteAsync(context);
        await context.Response.CompleteAsync();
        return (context.Response.StatusCode, context.Response.ContentType, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}

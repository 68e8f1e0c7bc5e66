using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gapura.Tests.Hosting;

/// <summary>A phone that talks to something which is no Gapura, or to one that means it ill.</summary>
public sealed class PhoneServerTests : IAsyncLifetime
{
    private readonly Operator _operator = new();
    private readonly List<string> _asked = [];
    private readonly WebApplication _site = Site();
    private string _challenge = "";

    public async ValueTask InitializeAsync()
    {
        _site.MapPost("/v1/phone/sign-in", (HttpContext _) => Results.Json(new { account = new { name = "Coba", username = "coba" } }));
        _site.MapPost("/v1/devices/challenge", (HttpContext _) => Results.Json(new { challenge = _challenge, expires = 1 }));
        _site.MapPost("/v1/devices", (HttpContext context) => _asked.Add(context.Request.Path));
        await _site.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _operator.Dispose();
    }

    [Theory]
    [InlineData("nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057")]
    [InlineData("nu.id.scan:1:nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057")]
    [InlineData("nu.id:1:x.enrol:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057")]
    [InlineData("")]
    public async Task It_signs_nothing_but_a_challenge_for_an_enrolment(string challenge)
    {
        _challenge = challenge;
        (await Enrol()).IsRefused("no challenge for an enrolment");
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_says_so_in_a_sentence()
    {
        _challenge = "nu.id.enrol:1:abc";
        (await Enrol()).IsRefused("answered 200, and not as a Gapura server does");
        Assert.Single(_asked);
    }

    private Task<Said> Enrol() => _operator.Run(
        "phone", "enrol", "--server", _site.Urls.First(), "--username", "coba", "--password", "x", "--key", Path.Combine(_operator.Data, "..", "phone.json"));

    private static WebApplication Site()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}

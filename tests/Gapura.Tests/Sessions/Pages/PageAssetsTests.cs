using System.Net;
using Gapura.Sessions.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gapura.Tests.Sessions.Pages;

public sealed class PageAssetsTests
{
    [Theory]
    [InlineData("signin.css", "text/css")]
    [InlineData("popup.js", "text/javascript")]
    [InlineData("handoff.js", "text/javascript")]
    public async Task An_asset_is_served_for_ever_under_a_name_that_carries_its_hash(string name, string type)
    {
        await using var server = await Server();
        using var client = Client(server, DecompressionMethods.None);

        var answer = await client.GetAsync(PageAssets.Href(name));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
        Assert.Matches("^/assets/[a-z]+-[A-Za-z0-9_-]{8}\\.(css|js)$", PageAssets.Href(name));
    }

    [Theory]
    [InlineData(DecompressionMethods.Brotli, "br")]
    [InlineData(DecompressionMethods.GZip, "gzip")]
    public async Task A_compressed_answer_says_the_same(DecompressionMethods method, string encoding)
    {
        await using var server = await Server();
        using var plain = Client(server, DecompressionMethods.None);
        using var unpacking = Client(server, method);
        using var packed = Client(server, DecompressionMethods.None);
        packed.DefaultRequestHeaders.Add("Accept-Encoding", encoding);
        var address = PageAssets.Href("signin.css");

        Assert.Equal([encoding], (await packed.GetAsync(address)).Content.Headers.ContentEncoding);
        Assert.Equal(await plain.GetByteArrayAsync(address), await unpacking.GetByteArrayAsync(address));
    }

    [Theory]
    [InlineData("/assets/signin.css")]
    [InlineData("/assets/manifest.json")]
    [InlineData("/assets/..%2Fmanifest.json")]
    public async Task Nothing_else_is_served(string address)
    {
        await using var server = await Server();
        using var client = Client(server, DecompressionMethods.None);

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address)).StatusCode);
    }

    [Fact]
    public void Style_and_scripts_together_stay_light()
    {
        var assembly = typeof(PageAssets).Assembly;
        var bytes = assembly.GetManifestResourceNames().Where(name => name.StartsWith("web/", StringComparison.Ordinal) && name.EndsWith(".gz", StringComparison.Ordinal))
            .Sum(name => { using var stream = assembly.GetManifestResourceStream(name)!; return stream.Length; });

        Assert.InRange(bytes, 1, 20_000);
    }

    private static async Task<WebApplication> Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapPageAssets();
        await server.StartAsync();
        return server;
    }

    private static HttpClient Client(WebApplication server, DecompressionMethods unpacks) =>
        new(new HttpClientHandler { AutomaticDecompression = unpacks })
        {
            BaseAddress = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
}

using System.IO.Compression;
using System.Security.Cryptography;
using Xunit;

namespace Gapura.Tests.Developers.Sdk;

/// <summary>The addresses of <c>docs/sdk.md</c>.</summary>
public sealed class SdkServingTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    [Theory]
    [InlineData("gapura.js")]
    [InlineData("gapura.mjs")]
    public async Task The_manifest_tells_the_address_the_size_and_the_integrity_of_what_is_served(string name)
    {
        var file = (await server.Get("/sdk/manifest.json")).IsOk().Json.GetProperty("files").GetProperty(name);
        var pinned = (await server.Get(file.GetProperty("href").GetString()!)).IsOk();

        Assert.Equal($"sha384-{Convert.ToBase64String(SHA384.HashData(pinned.Body))}", file.GetProperty("integrity").GetString());
        Assert.Equal(pinned.Body.Length, file.GetProperty("bytes").GetInt32());
        Assert.Equal("public, max-age=31536000, immutable", pinned["Cache-Control"]);
        Assert.Equal(pinned.Body, (await server.Get($"/sdk/{name}")).IsOk().Body);
    }

    [Theory]
    [InlineData("/sdk/gapura.js", "text/javascript; charset=utf-8", "public, max-age=3600")]
    [InlineData("/sdk/gapura.mjs", "text/javascript; charset=utf-8", "public, max-age=3600")]
    [InlineData("/sdk/manifest.json", "application/json", "no-cache")]
    [InlineData("/seamlesslogin/nlelogin.min.js", "text/javascript; charset=utf-8", "public, max-age=3600")]
    public async Task Any_page_may_load_it_and_asks_again_for_nothing_it_has(string path, string type, string cache)
    {
        var answer = (await server.Get(path, ("Origin", "https://anybody.example"))).IsOk();

        Assert.Equal(type, answer["Content-Type"]);
        Assert.Equal(cache, answer["Cache-Control"]);
        Assert.Equal("*", answer["Access-Control-Allow-Origin"]);
        Assert.Equal("cross-origin", answer["Cross-Origin-Resource-Policy"]);
        Assert.Equal("nosniff", answer["X-Content-Type-Options"]);
        Assert.Null(answer["Set-Cookie"]);
        Assert.Equal(304, (await server.Get(path, ("If-None-Match", answer["ETag"]!))).Status);
        Assert.Equal(200, (await server.Send(HttpMethod.Head, path)).Status);
    }

    [Theory]
    [InlineData("/sdk/gapura.js")]
    [InlineData("/seamlesslogin/nlelogin.min.js")]
    public async Task It_travels_compressed(string path)
    {
        var plain = await server.Get(path);
        var packed = await server.Get(path, ("Accept-Encoding", "gzip, br"));
        using var unpacked = new MemoryStream();
        await using (var brotli = new BrotliStream(new MemoryStream(packed.Body), CompressionMode.Decompress)) await brotli.CopyToAsync(unpacked, TestContext.Current.CancellationToken);

        Assert.Equal("br", packed["Content-Encoding"]);
        Assert.Equal("Accept-Encoding", packed["Vary"]);
        Assert.Equal(plain.Body, unpacked.ToArray());
        Assert.InRange(packed.Body.Length, 1, 6143);
    }

    [Theory]
    [InlineData("/sdk/")]
    [InlineData("/sdk/nlelogin.min.js")]
    [InlineData("/sdk/gapura.js.br")]
    [InlineData("/sdk/gapura-9.9.9.js")]
    [InlineData("/sdk/..%2Fmanifest.json")]
    public async Task Nothing_else_is_served(string path) => Assert.Equal(404, (await server.Get(path)).Status);
}

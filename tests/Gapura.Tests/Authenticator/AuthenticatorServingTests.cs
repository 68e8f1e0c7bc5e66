using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Gapura.Tests.Authenticator;

/// <summary>What a phone is given when it opens or installs the app.</summary>
public sealed class AuthenticatorServingTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    [Fact]
    public async Task The_address_without_a_slash_leads_into_the_scope()
    {
        var reply = await server.Get("/authenticator");
        Assert.Equal((308, "/authenticator/"), (reply.Status, reply["Location"]));
    }

    [Fact]
    public async Task The_page_runs_no_script_but_its_own_and_may_use_the_camera()
    {
        var page = (await server.Get("/authenticator/")).IsOk();
        Assert.Equal("text/html; charset=utf-8", page["Content-Type"]);
        Assert.Equal("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", page["Content-Security-Policy"]);
        Assert.Equal("camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), microphone=(), geolocation=(), payment=()", page["Permissions-Policy"]);
        Assert.Equal(("no-referrer", "same-origin", "nosniff", "DENY"), (page["Referrer-Policy"], page["Cross-Origin-Opener-Policy"], page["X-Content-Type-Options"], page["X-Frame-Options"]));
        Assert.DoesNotMatch("<style|<script(?![^>]* src=)| style=| on[a-z]+=", page.Text);
    }

    [Fact]
    public async Task No_other_page_may_use_the_camera() => Assert.Contains("camera=()", (await server.Get("/sign-in"))["Permissions-Policy"], StringComparison.Ordinal);

    [Fact]
    public async Task The_page_knows_this_installation()
    {
        await using var other = await GapuraServer.Start(("Brand", "Gerbang <\"Kita\"> & Co"), ("QrAuth:Issuer", "id.contoh"), ("QrAuth:Version", "7"));
        var page = (await other.Get("/authenticator/")).IsOk().Text;
        Assert.Contains("data-brand=\"Gerbang &lt;&quot;Kita&quot;&gt; &amp; Co\" data-issuer=\"id.contoh\" data-version=\"7\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.Equal("Gerbang <\"Kita\"> & Co", (await other.Get("/authenticator/manifest.webmanifest")).Json.GetProperty("name").GetString());
        Assert.NotEqual(await Version(server), await Version(other));
    }

    [Fact]
    public async Task Everything_the_page_and_the_worker_name_is_there_for_ever_and_light()
    {
        var named = Regex.Matches((await server.Get("/authenticator/")).Text + (await server.Get("/authenticator/sw.js")).Text, "/authenticator/assets/[A-Za-z0-9_-]+-[A-Za-z0-9_-]{8}\\.(js|css)").Select(m => m.Value).Distinct().ToList();
        Assert.InRange(named.Count, 3, 20);
        foreach (var address in named)
        {
            var plain = (await server.Get(address)).IsOk();
            Assert.Equal("public, max-age=31536000, immutable", plain["Cache-Control"]);
            Assert.Equal("nosniff", plain["X-Content-Type-Options"]);
            Assert.Equal(plain.Body, Unpacked(await server.Get(address, ("Accept-Encoding", "gzip, br"))));
        }
    }

    [Fact]
    public async Task What_a_first_visit_loads_stays_below_150_kB()
    {
        var page = await server.Get("/authenticator/", ("Accept-Encoding", "br"));
        var loaded = page.Body.Length + (await server.Get("/authenticator/icon-192.png")).Body.Length;
        foreach (Match match in Regex.Matches((await server.Get("/authenticator/")).Text, "/authenticator/assets/[^\"]+"))
            loaded += (await server.Get(match.Value, ("Accept-Encoding", "br"))).Body.Length;
        Assert.InRange(loaded, 10_000, 150_000);
    }

    [Fact]
    public async Task The_manifest_has_what_a_phone_asks_for_to_install()
    {
        var reply = (await server.Get("/authenticator/manifest.webmanifest")).IsOk();
        Assert.StartsWith("application/manifest+json", reply["Content-Type"], StringComparison.Ordinal);
        var manifest = reply.Json;
        foreach (var (name, value) in new[] { ("id", "/authenticator/"), ("start_url", "/authenticator/"), ("scope", "/authenticator/"), ("display", "standalone"), ("lang", "id"), ("name", "Gapura"), ("short_name", "Gapura"), ("theme_color", "#f5f2ec") })
            Assert.Equal(value, manifest.GetProperty(name).GetString());
        var icons = manifest.GetProperty("icons").EnumerateArray().ToList();
        Assert.Equal(["192x192 any", "512x512 any", "512x512 maskable"], icons.Select(i => $"{i.GetProperty("sizes").GetString()} {i.GetProperty("purpose").GetString()}"));
        foreach (var icon in icons) await IsPng(icon);
    }

    [Fact]
    public async Task The_worker_is_a_script_that_is_asked_for_again_and_holds_no_place_unfilled()
    {
        var worker = (await server.Get("/authenticator/sw.js")).IsOk();
        Assert.Equal(("text/javascript; charset=utf-8", "no-cache"), (worker["Content-Type"], worker["Cache-Control"]));
        Assert.DoesNotContain("__", worker.Text, StringComparison.Ordinal);
        Assert.Null(worker["Service-Worker-Allowed"]);
    }

    [Theory]
    [InlineData("/authenticator/")]
    [InlineData("/authenticator/sw.js")]
    [InlineData("/authenticator/manifest.webmanifest")]
    [InlineData("/authenticator/icon-192.png")]
    public async Task What_has_not_changed_is_not_sent_again(string address)
    {
        foreach (var encoding in new[] { "identity", "br", "gzip" })
        {
            var first = (await server.Get(address, ("Accept-Encoding", encoding))).IsOk();
            Assert.Equal("no-cache", first["Cache-Control"]);
            var again = await server.Get(address, ("Accept-Encoding", encoding), ("If-None-Match", first["ETag"]!));
            Assert.Equal((304, 0), (again.Status, again.Body.Length));
            Assert.Equal(200, (await server.Get(address, ("Accept-Encoding", encoding), ("If-None-Match", "W/\"other\""))).Status);
        }
    }

    [Theory]
    [InlineData("/authenticator/index.html")]
    [InlineData("/authenticator/assets/")]
    [InlineData("/authenticator/assets/sw.js")]
    [InlineData("/authenticator/..%2Fweb%2Fmanifest.json")]
    [InlineData("/authenticator/anything/else")]
    public async Task Nothing_else_is_served(string address) => Assert.Equal(404, (await server.Get(address)).Status);

    private static async Task<string> Version(GapuraServer of) => Regex.Match((await of.Get("/authenticator/sw.js")).Text, "\"([0-9a-f]{16})\"").Groups[1].Value;

    private async Task IsPng(JsonElement icon)
    {
        var picture = (await server.Get(icon.GetProperty("src").GetString()!)).IsOk();
        Assert.Equal("image/png", picture["Content-Type"]);
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(picture.Body.AsSpan(0, 8)));
        var width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.Body.AsSpan(16, 4));
        Assert.Equal($"{width}x{width}", icon.GetProperty("sizes").GetString());
    }

    private static byte[] Unpacked(Reply reply)
    {
        Assert.Equal("br", reply["Content-Encoding"]);
        using var plain = new MemoryStream();
        using (var stream = new BrotliStream(new MemoryStream(reply.Body), CompressionMode.Decompress)) stream.CopyTo(plain);
        return plain.ToArray();
    }
}

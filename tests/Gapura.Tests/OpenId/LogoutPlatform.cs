using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Platforms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gapura.Tests.OpenId;

/// <summary>A platform with an address for logout tokens: keeps what comes, and answers what it is told to.</summary>
internal sealed class LogoutPlatform : IAsyncDisposable
{
    public const string Bye = "https://app.example.com/bye";
    public const string FrontChannel = "https://app.example.com/forget";

    private readonly WebApplication _app;
    private readonly BlockingCollection<string> _came = [];

    private LogoutPlatform(WebApplication app, string clientId) => (_app, ClientId) = (app, clientId);

    public string ClientId { get; }

    /// <summary>What it answers; 0 for nothing at all.</summary>
    public int Answers { get; set; } = 200;

    public string Address => _app.Urls.First() + "/backchannel";

    public static async Task<LogoutPlatform> Start(GapuraServer server, Func<ClientSettings, ClientSettings>? but = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var platform = new LogoutPlatform(app, "rp" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        app.Run(platform.Hear);
        await app.StartAsync();
        await platform.Register(server, but ?? (settings => settings));
        return platform;
    }

    /// <summary>The next logout token; it is there within seconds or it is none.</summary>
    public string Next() => _came.TryTake(out var token, TimeSpan.FromSeconds(20)) ? token : throw new TimeoutException("No logout token came.");

    /// <summary>How many came and were not looked at, once there was time for more.</summary>
    public async Task<int> Rest()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(600), TestContext.Current.CancellationToken);
        var rest = 0;
        while (_came.TryTake(out _)) rest++;
        return rest;
    }

    /// <summary>Reads a token as its platform does: with the published keys alone.</summary>
    public static (JsonElement Header, JsonElement Claims) Verified(string token, JsonElement keySet)
    {
        var parts = token.Split('.');
        var header = JsonDocument.Parse(Bytes(parts[0])).RootElement;
        var jwk = keySet.GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("kid").GetString() == header.GetProperty("kid").GetString());
        var (signed, signature) = (Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]));
        Assert.Equal(header.Text("alg"), jwk.Text("alg"));
        if (jwk.Text("kty") == "RSA")
        {
            using var key = RSA.Create(new RSAParameters { Modulus = Bytes(jwk.Text("n")!), Exponent = Bytes(jwk.Text("e")!) });
            Assert.True(key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
        else
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(jwk.Text("x")!), Y = Bytes(jwk.Text("y")!) } });
            Assert.True(key.VerifyData(signed, signature, HashAlgorithmName.SHA256));
        }

        return (header, JsonDocument.Parse(Bytes(parts[1])).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }

    private async Task Register(GapuraServer server, Func<ClientSettings, ClientSettings> but)
    {
        var usual = new ClientSettings { PostLogoutRedirectUris = [Bye], BackChannelLogoutUri = Address };
        Assert.True(await server.Get<PlatformRegister>().TryAdd(new Platform
        {
            ClientId = ClientId, Name = "Aplikasi", Company = "PT Aplikasi", Domain = Seed.Origin($"https://{ClientId}.example.com"), RedirectUris = [CodeFlow.Callback], CreatedAt = server.Clock.Now, Client = but(usual),
        }, TestContext.Current.CancellationToken));
        await server.Follow();
    }

    private async Task Hear(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Assert.Equal(("POST", "/backchannel", 1), (context.Request.Method, context.Request.Path.Value, form.Count));
        _came.Add(form["logout_token"].ToString());
        if (Answers == 0) await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.StatusCode = Answers;
        if (Answers == 307) context.Response.Headers.Location = "/backchannel";
    }

    private static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}

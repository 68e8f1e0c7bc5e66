using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gapura.Client.Tests.Running;

/// <summary>A partner's resource API, as its developer would write it.</summary>
internal sealed class Api : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Api(WebApplication app, Clock clock) => (_app, Clock) = (app, clock);

    public Clock Clock { get; }

    public string Address => _app.Urls.Single();

    public static async Task<Api> Start(Action<GapuraTokenOptions> configure, Action<KestrelServerOptions>? https = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(https is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0").UseKestrelHttpsConfiguration().ConfigureKestrel(https ?? (_ => { }));
        var clock = new Clock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddGapuraTokens(configure);
        builder.Services.AddAuthorization(o => o.AddPolicy("write", p => p.RequireClaim("scope", "write")));
        var app = builder.Build();
        app.MapGet("/me", (ClaimsPrincipal me) => me.Claims.ToLookup(c => c.Type, c => c.Value).ToDictionary(c => c.Key, c => string.Join(' ', c))).RequireAuthorization();
        app.MapPost("/me", () => "changed").RequireAuthorization();
        app.MapGet("/write", () => "written").RequireAuthorization("write");
        app.MapGet("/fresh", async (HttpContext http) => (await http.IntrospectAsync()).IsActive).RequireAuthorization();
        await app.StartAsync();
        return new Api(app, clock);
    }

    public Task<Heard> Get(string? token, string path = "/me") => Send(HttpMethod.Get, path, token is null ? null : new("Bearer", token));

    public async Task<Heard> Send(HttpMethod method, string path, AuthenticationHeaderValue? authorization, params string[] proofs)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address + path));
        request.Headers.Authorization = authorization;
        foreach (var proof in proofs) request.Headers.TryAddWithoutValidation("DPoP", proof);
        using var answer = await Server.Http.SendAsync(request);
        return new Heard((int)answer.StatusCode, string.Join(", ", answer.Headers.WwwAuthenticate), await answer.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record Heard(int Status, string Challenge, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Status, and what the header and the body say.</summary>
    public void Refused(int status, string code, string sentence)
    {
        Assert.Equal((status, code), (Status, Text("error")));
        Assert.Contains(sentence, Text("error_description"), StringComparison.Ordinal);
        Assert.Contains($"error=\"{code}\"", Challenge, StringComparison.Ordinal);
        Assert.Contains(sentence, Challenge, StringComparison.Ordinal);
    }
}

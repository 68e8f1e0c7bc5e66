using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Browser.Tests.World;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.Browser.Tests.Pages;

/// <summary>A screen that can show a number and take one: the calls of <c>docs/phone.md</c>, without a page around them.</summary>
internal sealed class OwnScreen : IDisposable
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";

    private readonly HttpClient _http;
    private readonly string _clientId;
    private readonly string _verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    private OwnScreen(DemoFile demo)
    {
        _clientId = demo.Platform.ClientId;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(demo.Issuer) };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(Browser);
    }

    public string SessionId { get; private set; } = "";

    private string Nonce => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier)));

    public static async Task<OwnScreen> OpenAsync(DemoFile demo)
    {
        var screen = new OwnScreen(demo);
        screen.SessionId = (await screen.PostAsync("/v1/qrAuth", new() { ["clientId"] = screen._clientId, ["nonce"] = screen.Nonce, ["nonceMethod"] = "S256" })).GetProperty("sessionId").GetString()!;
        return screen;
    }

    /// <summary>What the screen knows now: <c>state</c>, and <c>digits</c> where it shows some.</summary>
    public async Task<JsonElement> SeesAsync()
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, $"/v1/qrAuth/events?clientId={_clientId}&nonce={Nonce}");
        question.Headers.Accept.ParseAdd("application/json");
        using var answer = await _http.SendAsync(question);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> TypeAsync(string code) => PostAsync("/v1/qrAuth/confirm", new() { ["sessionId"] = SessionId, ["verifier"] = _verifier, ["code"] = code });

    public Task<JsonElement> CollectAsync() => PostAsync("/v1/qrAuth/collect", new() { ["sessionId"] = SessionId, ["verifier"] = _verifier });

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, Dictionary<string, string> body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

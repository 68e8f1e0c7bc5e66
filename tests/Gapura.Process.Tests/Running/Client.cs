using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gapura.Process.Tests.Running;

/// <summary>Everything a client of either door says, each answer read to its end or an exception.</summary>
internal sealed class Client(string address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 64 })
    {
        BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60),
    };

    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Task<Heard> QrAuth(string nonce) => Post("/v1/qrAuth", new() { ["clientId"] = Installed.ClientId, ["nonce"] = nonce });

    public Task<Heard> Authenticate(string sessionId, Phone phone) => Post("/v1/authenticate", new()
    {
        ["sessionId"] = sessionId, ["signature"] = phone.Sign(sessionId), ["publicKey"] = phone.PublicKey, ["nonce"] = NewNonce(),
    });

    public Task<Heard> Refresh(string token) => Post("/oauth/token", new() { ["grant_type"] = "refresh_token", ["client_id"] = Installed.ClientId, ["refresh_token"] = token });

    public async Task<bool> IsActive(string token, string customsKey)
    {
        var heard = await Post("/oauth/introspect", new() { ["token"] = token }, ("beacukai-api-key", customsKey));
        return heard.Status == HttpStatusCode.OK && heard.Json.GetProperty("active").GetBoolean();
    }

    public async Task<Heard> Ticket(string apiKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/V1/NLE/AuthApiKey") { Headers = { { "beacukai-api-key", apiKey } } };
        return await Send(request);
    }

    public async Task<Heard> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request);
    }

    public async Task<Heard> OpenPopup(string ticket)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/seamlesslogin/?token={ticket}");
        return await Send(request);
    }

    public Task<Heard> SignIn(string ticket, string username) => Post("/seamlesslogin/sign-in", new() { ["token"] = ticket, ["username"] = username, ["password"] = Installed.Password });

    public void Dispose() => _http.Dispose();

    private async Task<Heard> Post(string path, Dictionary<string, string> fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await Send(request);
    }

    private async Task<Heard> Send(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request);
        return new Heard(answer.StatusCode, await answer.Content.ReadAsStringAsync()) { RetryAfter = answer.Headers.RetryAfter?.ToString() };
    }
}

/// <summary>One answer, whole.</summary>
internal sealed record Heard(HttpStatusCode Status, string Body)
{
    /// <summary>Of the header; null when there is none.</summary>
    public string? RetryAfter { get; init; }

    public bool IsOk => Status == HttpStatusCode.OK;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Error => Body.StartsWith('{') && Json.TryGetProperty("error", out var error) ? error.GetString() : null;

    public string Text(params string[] path) => path.Aggregate(Json, (json, name) => json.GetProperty(name)).GetString()!;
}

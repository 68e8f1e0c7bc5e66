using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Gapura.Cluster.Rig;

namespace Gapura.Cluster.Load;

/// <summary>
/// Everything a client of either door says. Each request has a connection of its own, so that the framework, which sends
/// again what it wrote on a connection that was just closed, never does: what is counted here was asked once.
/// </summary>
internal sealed class Client(string address, TimeSpan patience) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero })
    {
        BaseAddress = new Uri(address), Timeout = patience,
    };

    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Task<Heard> QrAuth(string nonce, string method = "plain") => Post("/v1/qrAuth", new() { ["clientId"] = Installed.ClientId, ["nonce"] = nonce, ["nonceMethod"] = method });

    public Task<Heard> Authenticate(string sessionId, Phone phone, string? confirmation = null)
    {
        Dictionary<string, string> fields = new() { ["sessionId"] = sessionId, ["signature"] = phone.Sign(sessionId), ["publicKey"] = phone.PublicKey, ["nonce"] = NewNonce() };
        if (confirmation is not null) fields["confirmation"] = confirmation;
        return Post("/v1/authenticate", fields);
    }

    public Task<Heard> Scan(string sessionId, Phone phone) => Post("/v1/qrAuth/scan", new()
    {
        ["sessionId"] = sessionId, ["signature"] = phone.Sign("nu.id.scan:1:" + sessionId), ["publicKey"] = phone.PublicKey,
    });

    public Task<Heard> Confirm(string sessionId, string verifier, string code) => Post("/v1/qrAuth/confirm", new() { ["sessionId"] = sessionId, ["verifier"] = verifier, ["code"] = code });

    public Task<Heard> Collect(string sessionId, string verifier) => Post("/v1/qrAuth/collect", new() { ["sessionId"] = sessionId, ["verifier"] = verifier });

    public Task<Heard> Refresh(string token) => Post("/oauth/token", new() { ["grant_type"] = "refresh_token", ["client_id"] = Installed.ClientId, ["refresh_token"] = token });

    public Task<Heard> Revoke(string token, string apiKey) => Post("/oauth/revoke", new() { ["token"] = token }, ("beacukai-api-key", apiKey));

    public Task<Heard> Introspect(string token, string customsKey) => Post("/oauth/introspect", new() { ["token"] = token }, ("beacukai-api-key", customsKey));

    public Task<Heard> Ticket(string apiKey) => Send(new(HttpMethod.Get, "/V1/NLE/AuthApiKey") { Headers = { { "beacukai-api-key", apiKey } } });

    public Task<Heard> OpenPopup(string ticket) => Send(new(HttpMethod.Get, $"/seamlesslogin/?token={ticket}"));

    public Task<Heard> SignIn(string ticket, string username) => Post("/seamlesslogin/sign-in", new() { ["token"] = ticket, ["username"] = username, ["password"] = Installed.Password });

    public void Dispose() => _http.Dispose();

    private Task<Heard> Post(string path, Dictionary<string, string> fields, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return Send(request);
    }

    private async Task<Heard> Send(HttpRequestMessage request)
    {
        using var _ = request;
        using var answer = await _http.SendAsync(request);
        return new Heard(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.RetryAfter is not null);
    }
}

/// <summary>One answer, read to its end.</summary>
internal sealed record Heard(HttpStatusCode Status, string Body, bool HasRetryAfter)
{
    public bool IsOk => (int)Status is >= 200 and < 300;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Error => Body.StartsWith('{') && Json.TryGetProperty("error", out var error) ? error.GetString() : null;

    /// <summary>200 and <c>"active":true</c>.</summary>
    public bool IsActive => IsOk && Json.GetProperty("active").GetBoolean();

    public string Text(params string[] path) => path.Aggregate(Json, (json, name) => json.GetProperty(name)).GetString()!;

    public override string ToString() => $"{(int)Status} {Body[..Math.Min(Body.Length, 160)].ReplaceLineEndings(" ")}";
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Client.Wire;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Gapura.Client;

/// <summary>
/// A platform's backend towards the server. Every call has a time limit and throws <see cref="GapuraException"/> for a
/// refusal, a timeout and an answer that cannot be understood. Nothing is tried twice: that is the caller's decision
/// (<see cref="GapuraException.IsTransient"/>).
/// </summary>
public sealed class GapuraClient
{
    private readonly HttpClient _http;
    private readonly GapuraClientOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Use <c>services.AddGapuraClient()</c>; this is for a program without a container.</summary>
    /// <param name="http">It should follow no redirects and keep no cookies.</param>
    /// <param name="options">Who you are and where the server is.</param>
    /// <param name="time">Null for the system's clock.</param>
    public GapuraClient(HttpClient http, IOptions<GapuraClientOptions> options, TimeProvider? time = null) => (_http, _options, _time) = (http, options.Value, time ?? TimeProvider.System);

    /// <summary>The server's address, without a slash at the end.</summary>
    public string Issuer => IssuerAddress.Text(_options.Issuer);

    /// <summary>Your platform's client id.</summary>
    public string ClientId => _options.ClientId;

    /// <summary>Seamless login, step 1: the ticket for one popup (<c>GET /V1/NLE/AuthApiKey</c>).</summary>
    /// <exception cref="GapuraException"><c>api_key_not_valid</c>.</exception>
    public async Task<LoginTicket> GetLoginTicketAsync(CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("/V1/NLE/AuthApiKey"));
        request.Headers.TryAddWithoutValidation(_options.ApiKeyHeader, _options.ApiKey);
        var answer = await Send(request, ct);
        var data = answer.TryGetProperty("data", out var inside) ? inside : answer;
        return new LoginTicket
        {
            Token = GapuraHttp.Required(data, "token"), Platform = GapuraHttp.Text(data, "namaPlatform") ?? "",
            Company = GapuraHttp.Text(data, "namaPerusahaan") ?? "", Domain = GapuraHttp.Text(data, "domain") ?? "",
        };
    }

    /// <summary>Turns a code of the popup or of the code flow into tokens (<c>POST /oauth/token</c>). A code has one try, within 60 seconds.</summary>
    /// <param name="code">From the popup's message or the return address.</param>
    /// <param name="codeVerifier">Behind the <c>code_challenge</c> the sign-in began with (RFC 7636).</param>
    /// <param name="redirectUri">The one the sign-in began with; null where there was none.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GapuraException"><c>invalid_grant</c>, <c>invalid_client</c>.</exception>
    public async Task<TokenSet> RedeemCodeAsync(string code, string codeVerifier, string? redirectUri = null, CancellationToken ct = default)
    {
        Dictionary<string, string> fields = new() { ["grant_type"] = "authorization_code", ["code"] = code, ["code_verifier"] = codeVerifier };
        if (redirectUri is not null) fields["redirect_uri"] = redirectUri;
        return Tokens(await Form("/oauth/token", fields, ct));
    }

    /// <summary>The next tokens. The refresh token is spent: keep the new one.</summary>
    /// <exception cref="GapuraException"><c>invalid_grant</c>: sign the person in again.</exception>
    public async Task<TokenSet> RefreshAsync(string refreshToken, CancellationToken ct = default) =>
        Tokens(await Form("/oauth/token", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, ct));

    /// <summary>What a token is worth now (<c>POST /oauth/introspect</c>): your own platform's, or everybody's for a resource API.</summary>
    /// <exception cref="GapuraException"><c>invalid_client</c>.</exception>
    public async Task<Introspection> IntrospectAsync(string token, CancellationToken ct = default) => Introspection.Read(await Form("/oauth/introspect", new() { ["token"] = token }, ct));

    /// <summary>A code for your screen to show (<c>POST /v1/qrAuth</c>), under a new random claim.</summary>
    /// <param name="withPicture">Whether the server draws it, too.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GapuraException"><c>invalid_client</c>.</exception>
    public async Task<QrCode> OpenQrAsync(bool withPicture = true, CancellationToken ct = default)
    {
        var nonce = RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 32);
        return Code(await AskQr(nonce, withPicture, ct), nonce);
    }

    /// <summary>Whether somebody has approved: every two seconds is welcome. Tokens come exactly once.</summary>
    /// <exception cref="GapuraException"><c>nonce_spent</c>: they came before; <c>sign_in_denied</c>: the person said no.</exception>
    public async Task<QrAnswer> CollectQrAsync(QrCode code, CancellationToken ct = default)
    {
        var answer = await AskQr(code.Nonce, code.Picture is not null, ct);
        if (GapuraHttp.Text(answer, "accessToken") is { } accessToken)
            return new QrAnswer(new TokenSet { AccessToken = accessToken, RefreshToken = GapuraHttp.Text(answer, "refreshToken"), ExpiresIn = (int)(GapuraHttp.Number(answer, "expiresIn") ?? 900) }, code);
        return new QrAnswer(null, _time.GetUtcNow() < code.Expires ? code : Code(answer, code.Nonce));
    }

    internal async Task<JsonElement> UserInfo(string accessToken, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("/oauth/userinfo"));
        request.Headers.Authorization = new("Bearer", accessToken);
        return await Send(request, ct);
    }

    internal async Task<JsonWebKeySet> KeySet()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("/.well-known/jwks.json"));
        return new JsonWebKeySet((await Send(request, CancellationToken.None)).GetRawText());
    }

    internal Uri At(string path) => IssuerAddress.At(_options.Issuer, path);

    private async Task<JsonElement> AskQr(string nonce, bool withPicture, CancellationToken ct)
    {
        Dictionary<string, object> body = new() { ["clientId"] = _options.ClientId, ["nonce"] = nonce, ["returnQrCode"] = withPicture };
        using var request = new HttpRequestMessage(HttpMethod.Post, At("/v1/qrAuth")) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        return await Send(request, ct);
    }

    // HTTP Basic is what RFC 6749 section 2.3.1 has every server understand.
    private async Task<JsonElement> Form(string path, Dictionary<string, string> fields, CancellationToken ct)
    {
        var pair = $"{Uri.EscapeDataString(_options.ClientId)}:{Uri.EscapeDataString(_options.ApiKey)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, At(path)) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        return await Send(request, ct);
    }

    private Task<JsonElement> Send(HttpRequestMessage request, CancellationToken ct) => GapuraHttp.Send(_http, request, _options.Timeout, ct);

    private static QrCode Code(JsonElement answer, string nonce) => new()
    {
        SessionId = GapuraHttp.Required(answer, "sessionId"), Expires = DateTimeOffset.FromUnixTimeSeconds(GapuraHttp.Number(answer, "expires") ?? 0),
        Nonce = nonce, Picture = GapuraHttp.Text(answer, "qrcode"),
    };

    private static TokenSet Tokens(JsonElement answer) => new()
    {
        AccessToken = GapuraHttp.Required(answer, "access_token"), ExpiresIn = (int)(GapuraHttp.Number(answer, "expires_in") ?? 900),
        TokenType = GapuraHttp.Text(answer, "token_type") ?? "Bearer", RefreshToken = GapuraHttp.Text(answer, "refresh_token"),
        IdToken = GapuraHttp.Text(answer, "id_token"), Scope = GapuraHttp.Text(answer, "scope"),
        Username = GapuraHttp.Text(answer, "username"), Npwp = GapuraHttp.Text(answer, "npwp"),
    };
}

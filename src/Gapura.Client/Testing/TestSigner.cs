using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Client.Wire;
using Gapura.Protocol.Signatures;

namespace Gapura.Client.Testing;

/// <summary>
/// A phone for tests: a secp256k1 key that signs as phones do and speaks to a server as they do. Its key lies in memory in
/// the clear, so use it with accounts made for trying. .NET signs with secp256k1 on Linux (OpenSSL) and Windows, not on
/// macOS: there, run such tests in a container.
/// </summary>
public sealed class TestSigner : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly DeviceSigner _key;

    private TestSigner(DeviceSigner key) => _key = key;

    /// <summary>The uncompressed point, 130 hex digits, lower case: what a server enrols.</summary>
    public string PublicKey => _key.PublicKey;

    /// <summary>A fresh key pair.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not know the curve, as macOS does not.</exception>
    public static TestSigner Create() => new(DeviceSigner.New());

    /// <summary>The same phone again.</summary>
    /// <param name="hex">64 hex digits, as <see cref="RevealPrivateKey"/> gave them.</param>
    /// <exception cref="ArgumentException">It is no private key of the curve.</exception>
    /// <exception cref="PlatformNotSupportedException">The system does not know the curve, as macOS does not.</exception>
    public static TestSigner FromPrivateKey(string hex) =>
        DeviceSigner.TryRead(hex, out var key) ? new TestSigner(key) : throw new ArgumentException("A private key is 64 hex digits, a number from 1 to n − 1.", nameof(hex));

    /// <summary>64 hex digits, to keep a phone between runs of a test.</summary>
    public string RevealPrivateKey() => _key.RevealPrivateKey();

    /// <summary>ECDSA over SHA-256 of the text's UTF-8 bytes, DER in lower-case hex; each call makes another.</summary>
    public string Sign(string text) => _key.Sign(text);

    /// <summary>Signs its owner in and enrols this phone with a proof that it holds the key.</summary>
    /// <param name="issuer">The server's address.</param>
    /// <param name="username">Its owner.</param>
    /// <param name="password">Their password.</param>
    /// <param name="name">What its owner will call it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The device's id.</returns>
    /// <exception cref="GapuraException"><c>wrong_password</c>, <c>key_taken</c>, …</exception>
    public async Task<string> EnrolAsync(string issuer, string username, string password, string name = "Test phone", CancellationToken ct = default)
    {
        using var http = NewHttp(issuer);
        await Post(http, "/v1/phone/sign-in", new() { ["username"] = username, ["password"] = password }, ct);
        var challenge = GapuraHttp.Required(await Post(http, "/v1/devices/challenge", [], ct), "challenge");
        var device = await Post(http, "/v1/devices", new() { ["name"] = name, ["publicKey"] = PublicKey, ["challenge"] = challenge, ["signature"] = Sign(challenge) }, ct);
        return GapuraHttp.Required(device, "id");
    }

    /// <summary>Scans a code as a phone does before it asks its owner: binds the code to this phone.</summary>
    /// <returns>The server's answer, see docs/phone.md: platform, screen, <c>confirmation</c>, <c>choices</c>.</returns>
    /// <exception cref="GapuraException"><c>invalid_session</c>, <c>already_scanned</c>, <c>invalid_key</c>, …</exception>
    public Task<JsonElement> ScanAsync(string issuer, string sessionId, CancellationToken ct = default) => Decide(issuer, "/v1/qrAuth/scan", sessionId, "nu.id.scan:1:" + sessionId, [], ct);

    /// <summary>Approves the sign-in (<c>POST /v1/authenticate</c>).</summary>
    /// <param name="issuer">The server's address.</param>
    /// <param name="sessionId">The text of the code.</param>
    /// <param name="confirmation">The two digits the screen shows, where a scan asked to compare; else null.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The phone's own tokens.</returns>
    /// <exception cref="GapuraException"><c>invalid_session</c>, <c>invalid_key</c>, <c>confirmation_required</c>, …</exception>
    public async Task<TokenSet> ApproveAsync(string issuer, string sessionId, string? confirmation = null, CancellationToken ct = default)
    {
        Dictionary<string, string> more = new() { ["nonce"] = RandomNumberGenerator.GetHexString(32, lowercase: true) };
        if (confirmation is not null) more["confirmation"] = confirmation;
        var answer = await Decide(issuer, "/v1/authenticate", sessionId, sessionId, more, ct);
        var data = answer.TryGetProperty("data", out var inside) ? inside : answer;
        return new TokenSet { AccessToken = GapuraHttp.Required(data, "accessToken"), RefreshToken = GapuraHttp.Text(data, "refreshToken"), ExpiresIn = 900 };
    }

    /// <summary>Scans, so that the code is this phone's to decline, and ends the sign-in.</summary>
    /// <exception cref="GapuraException"><c>invalid_session</c>, <c>already_scanned</c>, …</exception>
    public async Task DeclineAsync(string issuer, string sessionId, CancellationToken ct = default)
    {
        await ScanAsync(issuer, sessionId, ct);
        await Decide(issuer, "/v1/qrAuth/deny", sessionId, "nu.id.deny:1:" + sessionId, [], ct);
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _key.Dispose();

    private async Task<JsonElement> Decide(string issuer, string path, string sessionId, string signed, Dictionary<string, string> fields, CancellationToken ct)
    {
        (fields["sessionId"], fields["publicKey"], fields["signature"]) = (sessionId, PublicKey, Sign(signed));
        using var http = NewHttp(issuer);
        return await Post(http, path, fields, ct);
    }

    // With cookies, unlike a platform's client: an enrolment has a session for its moment.
    private static HttpClient NewHttp(string issuer)
    {
        if (IssuerAddress.Problem(issuer) is { } problem) throw new ArgumentException(problem, nameof(issuer));
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = IssuerAddress.At(issuer, "/") };
    }

    private static async Task<JsonElement> Post(HttpClient http, string path, Dictionary<string, string> body, CancellationToken ct)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(http.BaseAddress!, path.TrimStart('/'))) { Content = content };
        return await GapuraHttp.Send(http, request, Patience, ct);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gapura.Demo.TauTauBeres;

/// <summary>
/// A phone whose screen is <c>phone.html</c> and whose key lies in this backend. A toy: a real phone's key never leaves
/// it, and a real partner has no phone on its site. What it says to the server is what any phone says.
/// </summary>
internal sealed class ToyPhone(HttpClient http, PartnerSettings settings, DemoDevice device)
{
    public Task<ToyAnswer> ScanAsync(string sessionId, CancellationToken ct) =>
        SendAsync("/v1/qrAuth/scan", sessionId, "nu.id.scan:1:" + sessionId, more: null, ct);

    public Task<ToyAnswer> DenyAsync(string sessionId, CancellationToken ct) =>
        SendAsync("/v1/qrAuth/deny", sessionId, "nu.id.deny:1:" + sessionId, more: null, ct);

    /// <param name="confirmation">The two digits chosen, or null; a documented phone knows none.</param>
    public async Task<ToyAnswer> ApproveAsync(string sessionId, string? confirmation, CancellationToken ct)
    {
        JsonObject more = new() { ["nonce"] = RandomNumberGenerator.GetHexString(32, lowercase: true) };
        if (confirmation is not null)
            more["confirmation"] = confirmation;
        var answer = await SendAsync("/v1/authenticate", sessionId, sessionId, more, ct);
        return answer.Status == StatusCodes.Status200OK ? new(answer.Status, """{"approved":true}""") : answer; // the phone's tokens stay here
    }

    private async Task<ToyAnswer> SendAsync(string path, string sessionId, string signed, JsonObject? more, CancellationToken ct)
    {
        var body = more ?? [];
        body["sessionId"] = sessionId;
        body["publicKey"] = device.PublicKey;
        body["signature"] = DeviceKey.Sign(device, signed);
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var answer = await http.PostAsync(new Uri(settings.Issuer + path), content, ct);
            return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        }
        catch (HttpRequestException)
        {
            return new(StatusCodes.Status502BadGateway, """{"error":"signin_unavailable"}""");
        }
    }
}

/// <param name="Json">The server's answer as it came, but for tokens.</param>
internal sealed record ToyAnswer(int Status, string Json);

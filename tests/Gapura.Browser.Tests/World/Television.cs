using System.Net.Http.Json;
using System.Text.Json;

namespace Gapura.Browser.Tests.World;

/// <summary>A device without a keyboard, as its platform built it: it shows a code and asks whether somebody has typed it (RFC 8628).</summary>
internal sealed class Television(TestWorld world, string clientId)
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private static int _sold;

    public JsonElement Shown { get; private set; }

    /// <summary><c>WDJB-MJHT</c>: what stands on its screen.</summary>
    public string Code => Shown.GetProperty("user_code").GetString()!;

    /// <summary>What its QR code says.</summary>
    public string Link => Shown.GetProperty("verification_uri_complete").GetString()!;

    public static async Task<Television> AskAsync(TestWorld world)
    {
        // It keeps no secret: whoever buys one could read it.
        var clientId = $"televisi{Interlocked.Increment(ref _sold)}";
        await world.CommandAsync("platform", "add", "--client-id", clientId, "--name", "Layar Kita", "--company", "PT Layar Kita", "--domain", "https://layar.example");
        await world.CommandAsync("platform", "set-client", clientId, "--grant-type", GrantType);
        var television = new Television(world, clientId);
        for (var tries = 0; ; tries++)
        {
            television.Shown = await television.PostAsync("/oauth/device_authorization", new() { ["scope"] = "openid profile" });
            if (television.Shown.TryGetProperty("device_code", out _)) return television;
            if (tries == 50) throw new InvalidOperationException($"No code: {television.Shown}");
            await Task.Delay(100); // a platform of this moment
        }
    }

    public Task<JsonElement> PollAsync() => PostAsync("/oauth/token", new() { ["grant_type"] = GrantType, ["device_code"] = Shown.GetProperty("device_code").GetString()! });

    private async Task<JsonElement> PostAsync(string path, Dictionary<string, string> fields)
    {
        fields["client_id"] = clientId;
        using var form = new FormUrlEncodedContent(fields);
        using var question = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Demo.Issuer + path)) { Content = form };
        question.Headers.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 12; SMART-TV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36");
        using var answer = await Http.SendAsync(question);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

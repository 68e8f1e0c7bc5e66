using System.Net.Http.Json;
using System.Text.Json;

namespace Gapura.Browser.Tests.World;

/// <summary>An enrolled phone before a screen of ours, as far as the server can tell: it scans, picks a number, says yes or no. OpenSSL signs.</summary>
internal sealed class PhoneInHand(TestWorld world, DeviceKey key)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    /// <returns>What the person must see.</returns>
    public async Task<JsonElement> ScanAsync(string sessionId)
    {
        var (status, answer) = await SayAsync("/v1/qrAuth/scan", await SignedAsync(sessionId, "nu.id.scan:1:"));
        return status == 200 ? answer : throw new InvalidOperationException($"scan: {status} {answer}");
    }

    public async Task DeclineAsync(string sessionId) => await SayAsync("/v1/qrAuth/deny", await SignedAsync(sessionId, "nu.id.deny:1:"));

    public async Task<int> ApproveAsync(string sessionId, string? choice = null) => await (await ReadyToApproveAsync(sessionId, choice))();

    /// <returns>Sends the approval, signed beforehand: signing by another program takes longer than all the rest. It answers the status.</returns>
    public async Task<Func<Task<int>>> ReadyToApproveAsync(string sessionId, string? choice)
    {
        var yes = await SignedAsync(sessionId, "");
        yes["nonce"] = "XZSZPSA6yBVqfKj8fCgO2WZDamSQPPhS";
        if (choice is not null) yes["confirmation"] = choice;
        return async () => (await SayAsync("/v1/authenticate", yes)).Status;
    }

    private async Task<Dictionary<string, string>> SignedAsync(string sessionId, string purpose)
    {
        var signed = JsonDocument.Parse(await Programs.RunAsync("bash", TestWorld.Signer, "sign", key.PrivateKey, purpose + sessionId)).RootElement;
        return new Dictionary<string, string>
        {
            ["sessionId"] = sessionId, ["publicKey"] = signed.GetProperty("publicKey").GetString()!, ["signature"] = signed.GetProperty("signature").GetString()!,
        };
    }

    private async Task<(int Status, JsonElement Answer)> SayAsync(string path, Dictionary<string, string> said)
    {
        using var answer = await Http.PostAsJsonAsync(new Uri(world.Demo.Issuer + path), said);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}

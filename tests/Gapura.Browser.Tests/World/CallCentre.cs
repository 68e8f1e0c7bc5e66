using System.Net.Http.Json;
using System.Text.Json;

namespace Gapura.Browser.Tests.World;

/// <summary>A platform that asks a person's phone from afar, while they are on the telephone (CIBA Core 1.0).</summary>
internal sealed class CallCentre
{
    private const string GrantType = "urn:openid:params:grant-type:ciba";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly TestWorld _world;
    private readonly string _clientId;
    private readonly string _key;

    private CallCentre(TestWorld world, string clientId, string key) => (_world, _clientId, _key) = (world, clientId, key);

    public static async Task<CallCentre> OpenAsync(TestWorld world, string clientId)
    {
        await world.CommandAsync("platform", "add", "--client-id", clientId, "--name", "Bank Teluk", "--company", "PT Bank Teluk", "--domain", "https://bank.example");
        await world.CommandAsync("platform", "set-client", clientId, "--grant-type", GrantType);
        var key = await world.CommandAsync("api-key", "issue", "--platform", clientId);
        return new CallCentre(world, clientId, key.GetProperty("apiKey").GetString()!);
    }

    /// <returns>What it waits with.</returns>
    public async Task<string> AskAsync(Person person, string message)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await PostAsync("/oauth/bc-authorize", new() { ["scope"] = "openid profile npwp", ["login_hint"] = person.Username, ["binding_message"] = message });
            if (answer.TryGetProperty("auth_req_id", out var id)) return id.GetString()!;
            if (tries == 50) throw new InvalidOperationException($"Not asked: {answer}");
            await Task.Delay(100); // a platform of this moment
        }
    }

    public Task<JsonElement> CollectAsync(string request) => PostAsync("/oauth/token", new() { ["grant_type"] = GrantType, ["auth_req_id"] = request });

    private async Task<JsonElement> PostAsync(string path, Dictionary<string, string> fields)
    {
        (fields["client_id"], fields["client_secret"]) = (_clientId, _key);
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await Http.PostAsync(new Uri(_world.Demo.Issuer + path), form);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

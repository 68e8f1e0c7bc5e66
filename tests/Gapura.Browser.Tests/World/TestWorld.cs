using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(TestWorld))]

// One demo, one browser, two cores: one test after the other, and beside them what only waits.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Gapura.Browser.Tests.World;

/// <summary>Everything that stands while the tests run: the demo, a browser, and somebody else's site.</summary>
public sealed class TestWorld : IAsyncLifetime
{
    // Short, so that one can be seen expiring; long enough for every journey here on a slow machine.
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromSeconds(90);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Stopwatch _sinceOldTicket = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Camera? _camera;
    private Demo? _demo;
    private Strangers? _strangers;
    private DemoPlatform? _strangersPlatform;
    private int _people;

    public IBrowser Browser => _browser!;

    /// <summary>Phones with a camera; started by the first test that needs one.</summary>
    internal async Task<Camera> CameraAsync() => _camera ??= await NewCameraAsync();

    /// <summary>Another camera, for what is seen meanwhile.</summary>
    internal Task<Camera> NewCameraAsync() => Camera.LaunchAsync(_playwright!);

    public DemoFile Demo => _demo!.File;

    public Person CobaJualan => Demo.Account;

    /// <summary>A page at an origin nobody registered.</summary>
    public string Evil => _strangers!.Evil;

    /// <summary>The same page at the origin of <see cref="StrangersPlatform"/>.</summary>
    public string Registered => _strangers!.Registered;

    public DemoPlatform StrangersPlatform => _strangersPlatform!;

    /// <summary>A ticket of the beginning; see <see cref="ExpiryAsync"/>.</summary>
    public string OldTicket { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
        _strangers = await Strangers.StartAsync();
        _demo = await World.Demo.StartAsync(TicketLifetime);
        OldTicket = await TicketAsync(Demo.Platform);
        _sinceOldTicket.Start();
        _strangersPlatform = await RegisterAsync(Registered);
    }

    public async ValueTask DisposeAsync()
    {
        if (_camera is not null) await _camera.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_strangers is not null) await _strangers.DisposeAsync();
        if (_demo is not null) await _demo.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>What a partner's backend does: its API key goes in, a login ticket comes out.</summary>
    public async Task<string> TicketAsync(DemoPlatform platform)
    {
        for (var tries = 0; ; tries++)
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Demo.Issuer}/V1/NLE/AuthApiKey"));
            question.Headers.Add("beacukai-api-key", platform.ApiKey);
            using var answer = await _http.SendAsync(question);
            if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("token").GetString()!;
            if (tries == 50) answer.EnsureSuccessStatusCode();
            await Task.Delay(100); // a key that was issued this moment
        }
    }

    public string PopupAddress(string ticket, string? more = null) => $"{Demo.Issuer}/seamlesslogin/?token={ticket}{more}";

    /// <summary>Returns when <see cref="OldTicket"/> has expired.</summary>
    public async Task ExpiryAsync()
    {
        var left = TicketLifetime + TimeSpan.FromSeconds(1) - _sinceOldTicket.Elapsed;
        if (left > TimeSpan.Zero) await Task.Delay(left);
    }

    /// <summary>A command of the operator's, at the demo's installation.</summary>
    internal Task<JsonElement> CommandAsync(params string[] command) => _demo!.CommandAsync(command);

    /// <summary>Somebody new, so that what a test does to an account is seen by no other test.</summary>
    public async Task<Person> NewPersonAsync(string name)
    {
        var number = Interlocked.Increment(ref _people);
        var person = new Person($"{name.Split(' ')[0].ToLowerInvariant()}{number}", "gerbang-kayu-jati-7", $"31730145067800{number:00}", name);
        await _demo!.CommandAsync("account", "add", "--username", person.Username, "--name", name, "--npwp", person.Npwp, "--password", person.Password);
        return person;
    }

    /// <summary>A phone of theirs, whose key another program made.</summary>
    public async Task<DeviceKey> NewPhoneAsync(Person person, string name)
    {
        var made = await Programs.RunAsync("bash", Signer, "keygen");
        var key = JsonSerializer.Deserialize(made, DemoJson.Default.DeviceKey)!;
        await _demo!.CommandAsync("device", "enrol", "--account", person.Username, "--public-key", key.PublicKey, "--name", name);
        return key;
    }

    /// <summary>What a phone does with the text of a code: OpenSSL signs it, and the signature goes to the server.</summary>
    /// <returns>The status of <c>POST /v1/authenticate</c>.</returns>
    public async Task<int> ApproveAsync(string sessionId, DeviceKey phone)
    {
        var signed = JsonDocument.Parse(await Programs.RunAsync("bash", Signer, "sign", phone.PrivateKey, sessionId)).RootElement;
        using var answer = await _http.PostAsJsonAsync(new Uri($"{Demo.Issuer}/v1/authenticate"), new Dictionary<string, string>
        {
            ["sessionId"] = sessionId,
            ["signature"] = signed.GetProperty("signature").GetString()!,
            ["publicKey"] = signed.GetProperty("publicKey").GetString()!,
            ["nonce"] = "XZSZPSA6yBVqfKj8fCgO2WZDamSQPPhS",
        });
        return (int)answer.StatusCode;
    }

    /// <summary>A platform that is told when people sign out.</summary>
    internal async Task RegisterAsync(string clientId, string name, string origin)
    {
        await _demo!.CommandAsync(
            "platform", "add", "--client-id", clientId, "--name", name, "--company", "PT " + name, "--domain", origin, "--redirect-uri", $"{origin}/cb",
            "--post-logout-redirect-uri", $"{origin}/bye", "--backchannel-logout-uri", $"{origin}/backchannel", "--frontchannel-logout-uri", $"{origin}/forget");
        await Task.Delay(600); // the server looks at what has changed four times a second
    }

    internal static string Signer => Path.Combine(Programs.Repository, "tests", "signers", "openssl", "sign.sh");

    /// <summary>A public client (RFC 6749 section 2.1) whose app lies at <see cref="Registered"/>.</summary>
    public async Task<string> NewAppAsync(string clientId)
    {
        var answer = await _demo!.CommandAsync("platform", "add", "--client-id", clientId, "--name", "Aplikasi Gudang", "--company", "PT Gudang Kita", "--domain", Registered, "--redirect-uri", $"{Registered}/app", "--post-logout-redirect-uri", $"{Registered}/app");
        return answer.GetProperty("clientId").GetString()!;
    }

    /// <summary>A partner with an API key and these redirect addresses.</summary>
    internal async Task<DemoPlatform> NewPartnerAsync(string clientId, string name, string origin, params string[] redirectUris)
    {
        await _demo!.CommandAsync(["platform", "add", "--client-id", clientId, "--name", name, "--company", "PT " + name, "--domain", origin, .. redirectUris.SelectMany(uri => (string[])["--redirect-uri", uri])]);
        var key = await _demo!.CommandAsync("api-key", "issue", "--platform", clientId);
        return new DemoPlatform(origin, clientId, key.GetProperty("apiKey").GetString()!, origin);
    }

    /// <summary>What <c>/sdk/manifest.json</c> tells a partner.</summary>
    internal async Task<JsonElement> SdkAsync() => JsonDocument.Parse(await _http.GetStringAsync(new Uri($"{Demo.Issuer}/sdk/manifest.json"))).RootElement;

    private async Task<DemoPlatform> RegisterAsync(string origin)
    {
        await _demo!.CommandAsync("platform", "add", "--client-id", "gudang", "--name", "Gudang Kita", "--company", "PT Gudang Kita", "--domain", origin, "--redirect-uri", $"{origin}/cb");
        var key = await _demo!.CommandAsync("api-key", "issue", "--platform", "gudang");
        return new DemoPlatform(origin, "gudang", key.GetProperty("apiKey").GetString()!, origin);
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gapura.Client.Tests.Running;
using Microsoft.Extensions.Options;

[assembly: AssemblyFixture(typeof(Server))]

namespace Gapura.Client.Tests.Running;

/// <summary>A server of its own process with a platform, a resource API and a person, all made by the command line.</summary>
public sealed class Server : IAsyncLifetime
{
    public const string ClientId = "tautauberes";
    public const string ApiClientId = "customs";
    public const string Username = "cobajualan";
    public const string Password = "kuda laut menari di teluk";
    public const string Npwp = "018263453454543";

    /// <summary>RFC 8252: the port is free.</summary>
    public const string Callback = "http://127.0.0.1/gapura/callback";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gapura-client-");
    private readonly StringBuilder _said = new();
    private Process? _process;

    public string Issuer { get; private set; } = "";

    public string ApiKey { get; private set; } = "";

    public string ResourceApiKey { get; private set; } = "";

    public static HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    private string Data => Path.Combine(_folder.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        await Command("platform", "add", "--client-id", ClientId, "--name", "TauTauBeres.id", "--company", "TauTauBeres", "--domain", "https://tautauberes.id", "--redirect-uri", Callback,
            "--grant-type", "client_credentials", "--scope", "read");
        await Command("platform", "add", "--client-id", ApiClientId, "--name", "Customs", "--company", "Customs", "--domain", "https://customs.example", "--resource-api");
        (ApiKey, ResourceApiKey) = (await NewKey(ClientId), await NewKey(ApiClientId));
        await Command("account", "add", "--username", Username, "--name", "Coba Jualan", "--npwp", Npwp, "--password", Password);
        await Start();
    }

    public Task<JsonElement> Command(params string[] command) => BuiltGapura.Json([.. command, "--data", Data]);

    public async Task<string> NewKey(string clientId) => (await Command("api-key", "issue", "--platform", clientId)).GetProperty("apiKey").GetString()!;

    /// <summary>Starts the server, at the same address as before if there was one.</summary>
    public async Task Start()
    {
        if (Issuer.Length == 0) Issuer = $"http://localhost:{FreePort()}";
        var start = BuiltGapura.Start("serve", "--data", Data, "--urls", Issuer.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), "--issuer", Issuer);
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (!await Answers())
        {
            if (_process.HasExited || clock.Elapsed > TimeSpan.FromMinutes(1)) throw new InvalidOperationException($"The server does not answer: {_said}");
            await Task.Delay(50);
        }
    }

    public async Task Stop()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _folder.Delete(recursive: true);
    }

    public GapuraClient Client(string clientId = ClientId, string? apiKey = null, HttpClient? http = null, TimeSpan? timeout = null) =>
        new(http ?? Http, Options.Create(new GapuraClientOptions { Issuer = Issuer, ClientId = clientId, ApiKey = apiKey ?? ApiKey, Timeout = timeout ?? TimeSpan.FromSeconds(30) }));

    /// <summary>Somebody's tokens, by the QR door and a phone that is enrolled for it.</summary>
    public async Task<TokenSet> SignIn()
    {
        using var phone = Testing.TestSigner.Create();
        await phone.EnrolAsync(Issuer, Username, Password);
        var code = await Client().OpenQrAsync(withPicture: false);
        await phone.ApproveAsync(Issuer, code.SessionId);
        return (await Client().CollectQrAsync(code)).Tokens!;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Issuer + "/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}

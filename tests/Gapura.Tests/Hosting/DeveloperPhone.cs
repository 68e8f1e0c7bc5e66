using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Tests.Hosting;

/// <summary>A developer at a command line with a phone in a file, and the screen they try it on.</summary>
internal sealed class DeveloperPhone(GapuraServer server) : IDisposable
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    public Operator Person { get; init; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("gapura-phone-").FullName;

    public string KeyFile => Path.Combine(Folder, "phone.json");

    public string Origin => server.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Enrols the phone by hand and writes the key file that <c>phone enrol</c> would.</summary>
    public async Task<DeveloperPhone> WithKey()
    {
        using var signer = DeviceSigner.New();
        var id = PublicId.New(server.Clock);
        Assert.True(await server.Get<DeviceRegister>().TryEnrol(
            new Device { Id = id, AccountId = server.Account.Id, PublicKey = signer.PublicKey, Name = "Ponsel pengembang", EnrolledAt = server.Clock.Now }, Gapura.Audit.Hand.Operator, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(KeyFile, JsonSerializer.Serialize(new
        {
            server = Origin, account = GapuraServer.Username, deviceId = id, publicKey = signer.PublicKey, privateKey = signer.RevealPrivateKey(),
        }));
        return this;
    }

    public Task<Said> Run(string command, params string[] more) => Person.Run(["phone", command, .. more, "--key", KeyFile]);

    /// <summary>A screen of today opens a code.</summary>
    public async Task<OpenScreen> Open(bool withPicture = false)
    {
        var verifier = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var nonce = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var opened = (await server.Post("/v1/qrAuth", JsonSerializer.Serialize(new { clientId = GapuraServer.ClientId, nonce, nonceMethod = "S256", returnQrCode = withPicture }), ("User-Agent", Browser))).IsOk().Json;
        return new OpenScreen(server, opened.GetProperty("sessionId").GetString()!, verifier, nonce, withPicture ? opened.GetProperty("qrcode").GetString() : null);
    }

    public void Dispose()
    {
        Person.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

internal sealed record OpenScreen(GapuraServer Server, string SessionId, string Verifier, string Nonce, string? Picture)
{
    public async Task<JsonElement> State() =>
        (await Server.Get($"/v1/qrAuth/events?clientId={GapuraServer.ClientId}&nonce={Nonce}", ("Accept", "application/json"))).IsOk().Json;

    public Task<Reply> Type(string code) => Server.Post("/v1/qrAuth/confirm", JsonSerializer.Serialize(new { sessionId = SessionId, verifier = Verifier, code }));

    public Task<Reply> Collect() => Server.Post("/v1/qrAuth/collect", JsonSerializer.Serialize(new { sessionId = SessionId, verifier = Verifier }));
}

using System.CommandLine;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands.Phone;

/// <summary>What every command with a phone in hand takes: the code, the key file, and another server than the file's.</summary>
internal sealed class PhoneOptions
{
    private readonly Argument<string> _code = new("CODE") { Description = "The text of the code (nu.id:1:…), a picture of it (PNG, read by zbarimg), or - for a line of standard input" };
    private readonly Option<string?> _key = Key();
    private readonly Option<string?> _server = new("--server") { Description = "Another address of the server than the key file names", HelpName = "URL" };

    public PhoneOptions(Command command)
    {
        command.Add(_code);
        command.Add(_key);
        command.Add(_server);
    }

    public static Option<string?> Key() => new("--key") { Description = $"The phone's key file. Usual: {KeyFile.UsualPath()}", HelpName = "FILE" };

    /// <summary>An address as people type it; a slash at its end is forgiven.</summary>
    public static string Origin(string server) => Given.Origin(server.TrimEnd('/')).Text;

    public async Task<PhoneInHand> Take(ParseResult said, Terminal terminal, CancellationToken ct)
    {
        var path = said.GetValue(_key) ?? KeyFile.UsualPath();
        var file = KeyFile.Read(path);
        var origin = Origin(said.GetValue(_server) ?? file.Server);
        var code = await CodeText.Read(said.GetRequiredValue(_code), terminal, ct);
        return new PhoneInHand(file.Signer(path), new PhoneServer(origin), code);
    }
}

/// <summary>A phone that points at one code. It signs what it says; see <c>docs/phone.md</c>.</summary>
internal sealed class PhoneInHand(DeviceSigner signer, PhoneServer server, string sessionId) : IDisposable
{
    public async Task<Seen> Scan(CancellationToken ct) => new(await server.Post("/v1/qrAuth/scan", Signed("nu.id.scan:1:" + sessionId), ct));

    /// <param name="confirmation">The two digits chosen; null where none are asked for.</param>
    public Task<System.Text.Json.JsonElement> Approve(string nonce, string? confirmation, CancellationToken ct)
    {
        var body = Signed(sessionId);
        body["nonce"] = nonce;
        if (confirmation is not null) body["confirmation"] = confirmation;
        return server.Post("/v1/authenticate", body, ct);
    }

    public Task<System.Text.Json.JsonElement> Decline(CancellationToken ct) => server.Post("/v1/qrAuth/deny", Signed("nu.id.deny:1:" + sessionId), ct);

    public void Dispose()
    {
        signer.Dispose();
        server.Dispose();
    }

    private System.Text.Json.Nodes.JsonObject Signed(string text) =>
        new() { ["sessionId"] = sessionId, ["publicKey"] = signer.PublicKey, ["signature"] = signer.Sign(text) };
}

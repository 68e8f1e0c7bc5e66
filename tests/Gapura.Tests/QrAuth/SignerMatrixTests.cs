using System.Text.Json;
using Xunit;
using static Gapura.Tests.QrAuth.QrSteps;

namespace Gapura.Tests.QrAuth;

/// <summary>Phones in other languages: each signer is a program of its own (<c>tests/signers</c>) and a stranger to this server.</summary>
public sealed class SignerMatrixTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static readonly string Folder = Path.Combine(Stranger.Repository, "tests", "signers");

    public static TheoryData<string> Signers => [.. Read().Select(s => s.GetProperty("folder").GetString()!)];

    [Theory]
    [MemberData(nameof(Signers))]
    public async Task It_signs_in_and_its_corrupted_signature_does_not(string folder)
    {
        var signer = Read().Single(s => s.GetProperty("folder").GetString() == folder);
        var (code, _, error) = await Run(Words(signer, "probe"));
        Stranger.Needs(code == 0, $"{signer.GetProperty("name").GetString()} cannot run here: tests/signers/install.sh installs it. {error}");

        var command = Words(signer, "command");
        var made = await Ask([.. command, "keygen"]);
        var (privateKey, publicKey) = (made.GetProperty("privateKey").GetString()!, made.GetProperty("publicKey").GetString()!);
        var device = await server.Get<Gapura.Devices.DeviceRegister>().TryEnrol(
            new() { Id = Gapura.Kernel.PublicId.New(server.Clock), AccountId = server.Account.Id, PublicKey = publicKey, Name = folder, EnrolledAt = server.Clock.Now }, Gapura.Audit.Hand.Operator, TestContext.Current.CancellationToken);
        Assert.True(device);

        var nonce = NewNonce();
        var sessionId = await server.Open(nonce);
        var signed = await Ask([.. command, "sign", privateKey, sessionId]);
        Assert.Equal(publicKey, signed.GetProperty("publicKey").GetString());
        var signature = signed.GetProperty("signature").GetString()!;

        for (var at = 8; at < signature.Length; at += 16)
        {
            var corrupted = signature[..at] + (signature[at] == '0' ? '1' : '0') + signature[(at + 1)..];
            (await Authenticate(corrupted)).IsRefused("invalid_signature", "The signature does not fit the session id and the public key.");
        }

        Assert.Equal(server.Account.Id, Claims((await Authenticate(signature)).AccessToken()).GetProperty("sub").GetString());
        (await server.Ask(nonce)).AccessToken();

        Task<Reply> Authenticate(string text) => server.Post("/v1/authenticate", JsonSerializer.Serialize(new { sessionId, signature = text, publicKey, nonce = PhoneNonce }));
    }

    private static async Task<JsonElement> Ask(string[] command)
    {
        var (code, output, error) = await Run(command);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] command)
    {
        try
        {
            return await Stranger.Run(Folder, command);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (127, "", e.Message);
        }
    }

    private static string[] Words(JsonElement signer, string member) => [.. signer.GetProperty(member).EnumerateArray().Select(w => w.GetString()!)];

    private static IEnumerable<JsonElement> Read() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "signers.json"))).RootElement.EnumerateArray();
}

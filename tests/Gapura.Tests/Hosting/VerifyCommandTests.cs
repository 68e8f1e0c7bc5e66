using System.Security.Cryptography;
using System.Text;
using Gapura.Hosting.Commands.Verify;
using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Tests.Hosting;

public sealed class VerifyCommandTests : IDisposable
{
    // The documented sample.
    private const string SessionId = "nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057";
    private const string R = "8bf8d481763303cd260472f38fa2b3232a14f5cbea5414c54d42e8cc868a4c1b";
    private const string S = "b5d7b8d09413649f5adf494c30488f7c0bf97b20de4f32c9065ae20f023fe50d";
    private const string Signature = "3046022100" + R + "022100" + S;
    private const string Key = Operator.PublicKey;

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task The_documented_sample_is_valid()
    {
        var said = await Verify(Key, Signature);
        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.StartsWith("valid", said.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _operator.Run("verify", "--public-key", Key, "--signature", Signature.ToUpperInvariant(), "--message-hex", Hex(SessionId))).Code);
        var json = (await Verify(Key, Signature, "--json")).Json;
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Null(json.GetProperty("reason").GetString());
        Assert.NotEmpty(json.GetProperty("verifier").GetString()!);
        Assert.False(Directory.Exists(_operator.Data));
    }

    [Theory]
    [InlineData(Key, "", "signature_form", "empty")]
    [InlineData(Key, "0x" + Signature, "signature_form", "0x")]
    [InlineData(Key, "MEYCIQCL+NSBdjMDzSYEcvOPorMjKhT1y+pUFMVNQujMhopMGwIhALXXuNCUE2SfWt9JTDBIj3wL+Xsg3k8yyQZa4g8CP+UN", "signature_form", "base64")]
    [InlineData(Key, R + S, "signature_form", "side by side")]
    [InlineData(Key, "1b" + R + S, "signature_form", "recoverable")]
    [InlineData(Key, Signature + "00", "signature_form", "71 follow")]
    [InlineData(Key, "308146022100" + R + "022100" + S, "signature_form", "short form")]
    [InlineData(Key, "30440220" + R + "0220" + S, "signature_form", "negative")]
    [InlineData(Key, "304702220000" + R + "022100" + S, "signature_form", "does not need")]
    [InlineData(Key, "3026022100" + R + "020100", "signature_form", "s is zero")]
    [InlineData(Key, "3046022100fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141022100" + S, "signature_form", "between 1 and n")]
    [InlineData(Key, "3046022100" + R + "022100b5d7b8d09413649f5adf494c30488f7c0bf97b20de4f32c9065ae20f023fe50e", "signature", "does not fit")]
    [InlineData("", Signature, "public_key", "empty")]
    [InlineData("0x" + Key, Signature, "public_key", "0x")]
    [InlineData("03c5e4e387c76ada73c8a7fc7c613aac1ed455a87e8bcd72b74506d3ad8dcef0c0", Signature, "public_key", "compressed")]
    [InlineData("3056301006072a8648ce3d020106052b8104000a034200" + Key, Signature, "public_key", "SubjectPublicKeyInfo")]
    [InlineData("-----BEGIN PUBLIC KEY-----", Signature, "public_key", "PEM")]
    [InlineData("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", Signature, "public_key", "P-256")]
    [InlineData("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", Signature, "signature", "does not fit")]
    public async Task What_is_wrong_is_named(string key, string signature, string fault, string words)
    {
        var said = await Verify(key, signature, "--json");
        Assert.Equal((1, ""), (said.Code, said.Error));
        Assert.False(said.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(fault, said.Json.GetProperty("fault").GetString());
        Assert.Contains(words, said.Json.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var line = await Verify(key, signature);
        Assert.Equal(1, line.Code);
        Assert.StartsWith("invalid: ", line.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_no_hex_is_named() =>
        Assert.Contains("message", (await _operator.Run("verify", "--public-key", Key, "--signature", Signature, "--message-hex", "abc")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task The_usual_slips_of_signers_are_recognised()
    {
        using var signer = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        var q = signer.ExportParameters(includePrivateParameters: false).Q;
        var key = "04" + Convert.ToHexStringLower(q.X!) + Convert.ToHexStringLower(q.Y!);
        var text = Encoding.UTF8.GetBytes(SessionId);
        var hash = SHA256.HashData(text);
        await Slip("line feed", SHA256.HashData([.. text, 10]));
        await Slip("quotation marks", SHA256.HashData(Encoding.UTF8.GetBytes($"\"{SessionId}\"")));
        await Slip("hashed again", SHA256.HashData(hash));
        await Slip("hex text of its SHA-256", SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash))));
        await Slip("SHA-512", SHA512.HashData(text));
#pragma warning disable CA5350 // The slip itself.
        await Slip("SHA-1", SHA1.HashData(text));
#pragma warning restore CA5350

        async Task Slip(string words, byte[] signed)
        {
            var signature = Convert.ToHexStringLower(signer.SignHash(signed, DSASignatureFormat.Rfc3279DerSequence));
            var said = await Verify(key, signature);
            Assert.Equal(1, said.Code);
            Assert.Contains(words, said.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lines_on_standard_input_are_answered_one_by_one()
    {
        var good = $$"""{"publicKey":"{{Key}}","signature":"{{Signature}}","messageHex":"{{Hex(SessionId)}}"}""";
        string[] lines =
        [
            good,
            good.Replace(Hex(SessionId), Hex(SessionId + "0"), StringComparison.Ordinal),
            "", "rubbish", "null", "[]", "{}",
            "\ufeff" + good,
            """{"publicKey":1,"signature":"","messageHex":""}""",
            """{"publicKey":"\ud800","signature":"\ud800","messageHex":""}""",
            good.Replace("""{"publicKey""", """{"publicKey":"","publicKey""", StringComparison.Ordinal),
            good.Replace("messageHex", "message", StringComparison.Ordinal),
            $$"""{"publicKey":"{{Key}}","signature":"{{Signature}}","sessionId":"{{SessionId}}","note":"more"}""",
            new string('[', 5000),
        ];
        var said = await _operator.RunWith(string.Join('\n', lines) + "\n", "verify", "--stdin");
        Assert.Equal((0, ""), (said.Code, said.Error));
        string[] answers = ["valid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "valid", "invalid", "invalid", "invalid", "invalid", "valid", "invalid"];
        Assert.Equal(answers, said.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Lines_are_answered_with_one_json_value_each_when_asked_for()
    {
        var said = await _operator.RunWith("rubbish\n{}\n", "verify", "--stdin", "--json");
        Assert.All(said.Output.TrimEnd().Split('\n'), line => Assert.Contains("\"fault\":\"line\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_form_the_server_refuses_has_an_explanation()
    {
        // Starts valid and breaks each byte in each way: neither reader may find a fault the other does not know.
        var good = Convert.FromHexString(Signature);
        for (var i = 0; i < good.Length; i++)
        {
            for (var value = 0; value < 256; value++)
            {
                var der = good.ToArray();
                der[i] = (byte)value;
                if (!DerSignature.TryRead(der, out _)) Assert.NotEmpty(SignatureFault.Explain(Convert.ToHexStringLower(der), der));
            }
        }

        for (var length = 0; length < good.Length; length++)
            Assert.NotEmpty(SignatureFault.Explain(Convert.ToHexStringLower(good.AsSpan(0, length)), good[..length]));
    }

    private Task<Said> Verify(string key, string signature, params string[] more) =>
        _operator.Run(["verify", "--public-key", key, "--signature", signature, "--session-id", SessionId, .. more]);

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
}

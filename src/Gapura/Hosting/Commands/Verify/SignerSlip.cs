using System.Security.Cryptography;
using System.Text;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands.Verify;

/// <summary>
/// Key and signature are well formed and do not fit the message. Tries what signers usually get wrong, so that the
/// answer is not "no" but "you signed the text with a line feed after it".
/// </summary>
internal static class SignerSlip
{
    private const string Unknown = "the signature does not fit the message and the public key: another message was signed, or another private key signed it, or a byte was changed on the way.";

    public static string Explain(ISignatureVerifier verifier, DevicePublicKey key, byte[] der, byte[] message)
    {
        foreach (var (slip, hash) in Slips(message))
            if (verifier.Verify(key, hash, der)) return $"the key signed, but {slip}.";
        return Unknown;
    }

    private static IEnumerable<(string Slip, byte[] Hash)> Slips(byte[] message)
    {
        var hash = SHA256.HashData(message);
        yield return ("the text with a line feed after it: use `printf %s` or `echo -n`", SHA256.HashData([.. message, (byte)'\n']));
        yield return ("the text with a carriage return and a line feed after it", SHA256.HashData([.. message, (byte)'\r', (byte)'\n']));
        yield return ("the text in quotation marks", SHA256.HashData([(byte)'"', .. message, (byte)'"']));
        yield return ("its SHA-256, which the library then hashed again: hand it the text, or use its function for hashes", SHA256.HashData(hash));
        yield return ("the hex text of its SHA-256: hand the library the text itself", SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash))));
        yield return ("the hex text of its SHA-256 (upper case): hand the library the text itself", SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToHexString(hash))));
        yield return ("the hex text of the message: hand the library its bytes", SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(message))));
        yield return ("the base64 text of the message: hand the library its bytes", SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToBase64String(message))));
        yield return ("the text in UTF-16: sign its UTF-8 bytes", SHA256.HashData(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(message))));
        yield return ("with SHA-512 as its hash: use SHA-256", SHA512.HashData(message)[..32]);
        yield return ("with SHA-384 as its hash: use SHA-256", SHA384.HashData(message)[..32]);
#pragma warning disable CA5350 // Recognised, to say that it is wrong; nothing rests on it.
        yield return ("with SHA-1 as its hash: use SHA-256", [.. new byte[12], .. SHA1.HashData(message)]);
#pragma warning restore CA5350
        if (SHA3_256.IsSupported) yield return ("with SHA3-256 as its hash: use SHA-256", SHA3_256.HashData(message));
        if (message.Length >= 32) yield return ("the message itself, not its hash: use SHA-256", message[..32]);
    }
}

using System.Security.Cryptography;
using Gapura.Protocol.Signatures;

namespace Gapura.Hosting.Commands.Verify;

/// <summary>What became of one signature.</summary>
/// <param name="Fault">Which part is wrong; null when it is valid.</param>
/// <param name="Reason">What is wrong with it and what to do; null when it is valid.</param>
internal sealed record Verdict(bool Valid, VerdictFault? Fault, string? Reason)
{
    private static readonly Verdict Yes = new(true, null, null);

    public static Verdict No(VerdictFault fault, string reason) => new(false, fault, reason);

    /// <param name="message">Null when its hex could not be read.</param>
    public static Verdict Of(ISignatureVerifier verifier, string? publicKeyHex, string? signatureHex, byte[]? message)
    {
        if (message is null) return No(VerdictFault.Message, "the message is not an even number of hex characters.");
        if (!DevicePublicKey.TryParse(publicKeyHex, out var key)) return No(VerdictFault.PublicKey, KeyFault.Explain(publicKeyHex ?? ""));
        var der = SignedLine.Bytes(signatureHex ?? "");
        if (der is null || !DerSignature.TryRead(der, out _)) return No(VerdictFault.SignatureForm, SignatureFault.Explain(signatureHex ?? "", der));
        return verifier.Verify(key, SHA256.HashData(message), der) ? Yes : No(VerdictFault.Signature, SignerSlip.Explain(verifier, key, der, message));
    }
}

/// <summary>The part that is wrong. <paramref name="Code"/> is stable.</summary>
internal sealed record VerdictFault(string Code)
{
    public static readonly VerdictFault Line = new("line");
    public static readonly VerdictFault Message = new("message");
    public static readonly VerdictFault PublicKey = new("public_key");
    public static readonly VerdictFault SignatureForm = new("signature_form");
    public static readonly VerdictFault Signature = new("signature");
}

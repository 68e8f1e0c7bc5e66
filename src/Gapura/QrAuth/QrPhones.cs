using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Protocol.Signatures;
using Gapura.Tokens;

namespace Gapura.QrAuth;

/// <summary>What a signature over a session id is for. Its first word keeps one from ever passing for another.</summary>
internal enum QrPurpose
{
    Approve,
    Scan,
    Deny,
}

/// <summary>Whether a request comes from the phone it says: the key is well-formed, it signed, it is enrolled. In this order, the dear one last.</summary>
internal sealed class QrPhones(ISignatureVerifier verifier, DeviceRegister devices, QrAuthOptions options)
{
    /// <param name="platform">What the phone would sign in to; null for a no, which every phone may say.</param>
    public async Task<(Device? Device, Refusal? Refusal)> Prove(QrPurpose purpose, Platform? platform, string sessionId, string signature, string publicKey, CancellationToken ct)
    {
        if (!DevicePublicKey.TryParse(publicKey, out var key)) return (null, Refusals.InvalidRequest.Because("publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1."));
        if (!verifier.VerifyText(key, SignedText(purpose, sessionId), signature)) return (null, Refusals.InvalidSignature);
        return await devices.Active(key.Hex, ct) is { } device && platform?.Admits(device.IsTest) != false ? (device, null) : (null, Refusals.UnknownKey);
    }

    private string SignedText(QrPurpose purpose, string sessionId) => purpose switch
    {
        QrPurpose.Scan => $"{options.Issuer}.scan:{options.Version}:{sessionId}",
        QrPurpose.Deny => $"{options.Issuer}.deny:{options.Version}:{sessionId}",
        _ => sessionId,
    };
}

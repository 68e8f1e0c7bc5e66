using Gapura.Audit;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Protocol.Signatures;

namespace Gapura.OpenId.Neighbours;

/// <summary>
/// Adds a key to the person's: one whose holder proves it, or, for a platform that is let in by that old way, a pair made
/// here. The private key of such a pair is in the answer and nowhere else.
/// </summary>
internal sealed class KeyRegistration(DeviceChallenges challenges, ISignatureVerifier verifier, DeviceRegister devices, OldWays ways, TimeProvider time)
{
    public async Task<(RegisteredKey? Key, Refusal? Refusal)> Register(Bearer bearer, RequestFields fields, Hand by, CancellationToken ct)
    {
        if (fields.Text("name", 1, 64)?.Trim() is not { Length: > 0 } name) return (null, Refusals.InvalidRequest.Because("name must be a text of 1 to 64 characters."));
        return !fields.Has("publicKey") && bearer.Platform.Client.Has(Quirks.ServerMadeKeys) ? await Make(bearer, name, by, ct) : await Prove(bearer, name, fields, by, ct);
    }

    private async Task<(RegisteredKey?, Refusal?)> Prove(Bearer bearer, string name, RequestFields fields, Hand by, CancellationToken ct)
    {
        if (!DevicePublicKey.TryParse(fields["publicKey"], out var key)) return (null, Refusals.InvalidRequest.Because("publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1."));
        var challenge = fields["challenge"] ?? "";
        if (!challenges.IsLive(ChallengePurpose.Enrol, challenge, bearer.Subject) || !verifier.VerifyText(key, challenge, fields["signature"])) return (null, Refusals.InvalidProof);
        return await Enrol(bearer, name, key.Hex, by, ct) ? (new RegisteredKey(key.Hex, null), null) : (null, Refusals.KeyTaken);
    }

    private async Task<(RegisteredKey?, Refusal?)> Make(Bearer bearer, string name, Hand by, CancellationToken ct)
    {
        using var pair = DeviceSigner.New();
        if (!await Enrol(bearer, name, pair.PublicKey, by, ct)) return (null, Refusals.KeyTaken);
        ways.Used(bearer.Platform, Quirks.ServerMadeKeys);
        return (new RegisteredKey(pair.PublicKey, pair.RevealPrivateKey()), null);
    }

    private Task<bool> Enrol(Bearer bearer, string name, string publicKey, Hand by, CancellationToken ct) =>
        devices.TryEnrol(new Device { Id = PublicId.New(time), AccountId = bearer.Account.Id, PublicKey = publicKey, Name = name, EnrolledAt = time.GetUtcNow() }, by, ct);
}

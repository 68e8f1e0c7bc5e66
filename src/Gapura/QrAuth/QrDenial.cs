using Gapura.Kernel;
using Gapura.Storage;

namespace Gapura.QrAuth;

/// <summary>The person says no, or picks or types what only somebody elsewhere would. The code is over, and so is its screen's claim to it.</summary>
internal sealed class QrDenial(QrChallenges challenges, QrPhones phones, Ceremonies ceremonies, Database database, QrAudit audit)
{
    public const string Declined = "declined";
    public const string WrongChoice = "wrong_choice";
    public const string WrongCode = "wrong_code";
    public const string Abandoned = "abandoned";

    /// <returns>Null when it is denied, now or a moment ago by the same phone.</returns>
    public async Task<Refusal?> Decline(string sessionId, string signature, string publicKey, CancellationToken ct)
    {
        if (challenges.Read(sessionId) is not { } challenge) return Refusals.InvalidSession;
        var (device, refusal) = await phones.Prove(QrPurpose.Deny, platform: null, sessionId, signature, publicKey, ct);
        if (device is null) return refusal;
        if (await ceremonies.Known(challenge.ClaimKey, ct) is null) return Refusals.InvalidSession;
        if (await Deny(challenge, device.Id, Declined, ct)) return null;
        return await ceremonies.Find(challenge.ClaimKey, ct) is { State: CeremonyState.Denied } earlier && earlier.Handle == sessionId && earlier.DeviceId == device.Id
            ? null : Refusals.InvalidSession;
    }

    /// <summary>The screen says no: whoever scanned is not who sits there.</summary>
    /// <returns>Null when it is denied.</returns>
    public async Task<Refusal?> Abandon(string sessionId, string verifier, CancellationToken ct)
    {
        if (challenges.ReadFor(sessionId, verifier) is not { } challenge || await ceremonies.Known(challenge.ClaimKey, ct) is not { DeviceId: { } deviceId }) return Refusals.InvalidSession;
        return await Deny(challenge, deviceId, Abandoned, ct) ? null : Refusals.InvalidSession;
    }

    /// <returns>False when there was nothing of this phone's to be denied.</returns>
    public Task<bool> Deny(QrChallenge challenge, string deviceId, string because, CancellationToken ct) => database.Write(async sql =>
    {
        if (await ceremonies.Deny(sql, challenge.ClaimKey, challenge.Text, deviceId, because) is not { } denied) return false;
        await audit.Denied(sql, denied, because);
        return true;
    }, ct);
}

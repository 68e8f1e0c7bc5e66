using Gapura.Accounts;
using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Protocol.Signatures;
using Gapura.Sessions;
using Gapura.Storage;

namespace Gapura.Authenticator;

internal abstract record PhoneSession
{
    internal sealed record Opened(Account Account, Secret Cookie) : PhoneSession;

    internal sealed record No(Refusal Refusal) : PhoneSession;
}

/// <summary>A phone signs itself in with its key: it asks for a challenge and signs it, once.</summary>
internal sealed class PhoneSessions(
    DeviceChallenges challenges, ISignatureVerifier verifier, DeviceRegister devices, AccountRegister accounts, Ceremonies ceremonies, Database database,
    BrowserSessions sessions, TimeProvider time)
{
    // Longer than the challenge could be shown anywhere, clocks that differ included.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>For any key: that there is a challenge says nothing about whether somebody enrolled it.</summary>
    public (string Text, DateTimeOffset ExpiresAt) Challenge(DevicePublicKey key) => challenges.Issue(ChallengePurpose.Phone, DeviceChallenges.SubjectOf(key.Hex));

    /// <summary>Checks in the order of their price. Whether a key is enrolled is only told to whoever signed with it.</summary>
    /// <param name="before">The session this phone's browser held until now.</param>
    public async Task<PhoneSession> Open(DevicePublicKey key, string challenge, string signature, Secret? before, CancellationToken ct)
    {
        if (!challenges.IsLive(ChallengePurpose.Phone, challenge, DeviceChallenges.SubjectOf(key.Hex)) || ceremonies.MayHold(SpentKey(challenge))) return No(Refusals.InvalidProof);
        if (!verifier.VerifyText(key, challenge, signature)) return No(Refusals.InvalidSignature);
        if (await devices.Active(key.Hex, ct) is not { } device || await accounts.Active(device.AccountId, ct) is not { } account) return No(Refusals.UnknownKey);
        return await database.Write<PhoneSession>(async sql =>
        {
            if (!await devices.TryUse(sql, device.Id)) return No(Refusals.UnknownKey);
            if (!await ceremonies.TryAdd(sql, Spent(challenge, device))) return No(Refusals.InvalidProof);
            return new PhoneSession.Opened(account, await sessions.Start(sql, account.Id, before, device.Id));
        }, ct);
    }

    private Ceremony Spent(string challenge, Device device)
    {
        var now = time.GetUtcNow();
        return new Ceremony
        {
            Key = SpentKey(challenge), Door = Door.Qr, State = CeremonyState.Collected, Handle = challenge, ClientId = PlatformRegister.OwnClientId,
            AccountId = device.AccountId, DeviceId = device.Id, MovedAt = now, CollectUntil = now, KeepUntil = now + DeviceChallenges.Lifetime + Memory,
        };
    }

    private static string SpentKey(string challenge) => "phone-session:" + challenge;

    private static PhoneSession.No No(Refusal refusal) => new(refusal);
}

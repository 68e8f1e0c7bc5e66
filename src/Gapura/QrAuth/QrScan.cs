using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Storage;

namespace Gapura.QrAuth;

internal abstract record QrScanned
{
    /// <summary>What the person must see now.</summary>
    internal sealed record Context(QrContext Answer) : QrScanned;

    internal sealed record No(Refusal Refusal) : QrScanned;
}

/// <summary>A phone binds a code to its key and learns who asks. The risk is judged here, once; what it asks for stays.</summary>
internal sealed class QrScan(
    QrChallenges challenges, PlatformRegister platforms, QrPhones phones, Ceremonies ceremonies, Database database,
    Screens screens, FamiliarBrowsers familiar, QrAudit audit, QrAuthOptions options, TimeProvider time)
{
    /// <param name="network">Where the phone asks from.</param>
    public async Task<QrScanned> Scan(string sessionId, string signature, string publicKey, string? network, string? country, CancellationToken ct)
    {
        if (challenges.Read(sessionId) is not { } challenge || platforms.AtDoors(challenge.ClientId) is not { } platform) return No(Refusals.InvalidSession);
        var (device, refusal) = await phones.Prove(QrPurpose.Scan, platform, sessionId, signature, publicKey, ct);
        if (device is null) return No(refusal!);

        // Twice at most: somebody else may bind the code between the look and the write.
        Refusal? overtaken = null;
        for (var look = 0; look < 2; look++)
        {
            var earlier = await ceremonies.Known(challenge.ClaimKey, ct);
            if (earlier is not null && earlier.Handle == challenge.Text) return Again(earlier, challenge, platform, device);
            if (earlier is not null && !MayTakeOver(earlier, device)) return No(earlier.State == CeremonyState.Scanned ? Refusals.AlreadyScanned : Refusals.InvalidSession);
            if (!challenges.IsScannable(challenge)) return No(Refusals.InvalidSession);
            var scanned = await Judge(challenge, platform, device, network, country, ct);
            try
            {
                await database.Write(sql => ceremonies.Scan(sql, scanned, Refusals.AlreadyScanned), ct);
                return Told(scanned, challenge, platform);
            }
            catch (OvertakenException late)
            {
                overtaken = late.Refusal;
            }
        }

        return No(overtaken!);
    }

    // The same code again: its own phone hears the state of now, every other one that it came too late.
    private QrScanned Again(Ceremony earlier, QrChallenge challenge, Platform platform, Device device) => (earlier.State, IsItsPhone: earlier.DeviceId == device.Id) switch
    {
        (CeremonyState.Scanned, true) => Told(earlier, challenge, platform),
        (CeremonyState.Scanned, false) => No(Refusals.AlreadyScanned),
        (CeremonyState.Denied, true) => No(Refusals.SignInDenied),
        (_, true) => No(Refusals.AlreadyAuthenticated),
        _ => No(Refusals.InvalidSession),
    };

    private bool MayTakeOver(Ceremony earlier, Device device) =>
        earlier.State == CeremonyState.Denied || (earlier.State == CeremonyState.Scanned && (earlier.ExpiresAt <= time.GetUtcNow() || earlier.DeviceId == device.Id));

    private async Task<Ceremony> Judge(QrChallenge challenge, Platform platform, Device device, string? network, string? country, CancellationToken ct)
    {
        var opened = await screens.Find(challenge, ct);
        var screen = opened?.Screen ?? Screen.Unknown;
        var risk = QrRisk.Of(new QrCircumstances
        {
            Policy = platform.PhonePolicy, Method = challenge.Method, ClientId = platform.ClientId, Screen = screen, PhoneNetwork = network, PhoneCountry = country,
            IsFamiliar = await familiar.Knows(opened?.Browser, device.AccountId, ct), Past = await audit.Past(device.AccountId, ct),
        });
        var now = time.GetUtcNow();
        return new Ceremony
        {
            Key = challenge.ClaimKey, Door = Door.Qr, State = CeremonyState.Scanned, Handle = challenge.Text, ClientId = platform.ClientId,
            AccountId = device.AccountId, DeviceId = device.Id, MovedAt = now, ExpiresAt = challenge.ExpiresAt, CollectUntil = challenge.ExpiresAt,
            KeepUntil = challenge.ExpiresAt + options.ChallengeLifetime + QrApproval.Memory, Confirmation = risk.Confirmation,
            Seen = new Seen(screen, risk.SameNetwork, risk.FirstTime, risk.Reasons).ToJson(),
        };
    }

    private QrScanned.Context Told(Ceremony scanned, QrChallenge challenge, Platform platform) =>
        new(QrContext.Of(scanned, platform, challenges.DigitsFor(challenge.Text, scanned.DeviceId!)));

    private static QrScanned.No No(Refusal refusal) => new(refusal);
}

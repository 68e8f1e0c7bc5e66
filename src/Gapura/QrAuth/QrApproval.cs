using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.QrAuth;

internal abstract record QrApproved
{
    internal sealed record Tokens(AuthenticatedAnswer Answer) : QrApproved;

    internal sealed record No(Refusal Refusal) : QrApproved;
}

/// <summary>A phone signs a session id. Cheap checks come before dear ones; the first write comes last and decides everything.</summary>
internal sealed class QrApproval(
    QrChallenges challenges, PlatformRegister platforms, QrPhones phones, DeviceRegister devices, Ceremonies ceremonies, Database database,
    Grants grants, RefreshTokens refreshTokens, Mint mint, Screens screens, QrAudit audit, QrDenial denial, QrAuthOptions options, TimeProvider time)
{
    /// <summary>How long a used nonce stays burnt beyond the last moment its session ids could be shown.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <param name="choice">The two digits picked on the phone; null from a documented phone.</param>
    public async Task<QrApproved> Authenticate(string sessionId, string signature, string publicKey, string nonce, string? choice, CancellationToken ct)
    {
        if (challenges.Read(sessionId) is not { } challenge || platforms.AtDoors(challenge.ClientId) is not { } platform) return No(Refusals.InvalidSession);
        var (device, refusal) = await phones.Prove(QrPurpose.Approve, platform, sessionId, signature, publicKey, ct);
        if (device is null) return No(refusal!);

        // A challenge that is known to be used up is refused without a transaction: a replay writes nothing. One this node has
        // not heard of is most likely fresh: whoever sends no digits may have it decided at once, and is looked up when it was not.
        var isLikelyFresh = choice is null && platform.PhonePolicy == PhonePolicy.Documented && !ceremonies.MayHold(challenge.ClaimKey);
        var answer = await Answer(challenge, platform, device, nonce, choice, isLikelyFresh ? null : await ceremonies.Known(challenge.ClaimKey, ct), ct);
        return isLikelyFresh && answer is QrApproved.No { Refusal: var no } && no == Refusals.InvalidSession && await ceremonies.Known(challenge.ClaimKey, ct) is { } earlier
            ? await Answer(challenge, platform, device, nonce, choice, earlier, ct)
            : answer;
    }

    private async Task<QrApproved> Answer(QrChallenge challenge, Platform platform, Device device, string nonce, string? choice, Ceremony? earlier, CancellationToken ct)
    {
        switch (QrDecision.Of(earlier, challenge, device, platform.PhonePolicy, () => challenges.DigitsFor(challenge.Text, device.Id).OnScreen, choice, time.GetUtcNow()))
        {
            case QrDecision.No no:
                return No(no.Refusal);
            case QrDecision.WrongChoice:
                await denial.Deny(challenge, device.Id, QrDenial.WrongChoice, ct);
                return No(Refusals.SignInDenied);
            case QrDecision.GoAhead go:
                var decided = await Decide(challenge, device, go, earlier, ct);
                if (decided.Refusal == Refusals.InvalidSession && await IsOwnRepetition(challenge, device, ct)) return No(Refusals.AlreadyAuthenticated);
                if (decided.Refusal is not null) return No(decided.Refusal);
                var accessToken = mint.AccessToken(decided.Grant!, token => token with { Nonce = nonce });
                return new QrApproved.Tokens(new AuthenticatedAnswer(new TokenPair(accessToken.Reveal(), decided.RefreshToken.Reveal())));
            default:
                throw new InvalidOperationException("A decision is one of three.");
        }
    }

    // One transaction: the challenge is used up, the grant stands, the phone's refresh token exists and it is written down, or none of it.
    private async Task<(Grant? Grant, Secret RefreshToken, Refusal? Refusal)> Decide(QrChallenge challenge, Device device, QrDecision.GoAhead go, Ceremony? earlier, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var grant = new Grant
        {
            Id = PublicId.New(time), AccountId = device.AccountId, ClientId = challenge.ClientId, DeviceId = device.Id, Door = Door.Qr, GrantedAt = now,
        };
        var approved = Approved(challenge, grant, now);
        try
        {
            var token = await database.Write(async sql =>
            {
                await devices.Use(sql, device.Id);
                await ceremonies.Approve(sql, approved, go.Matched, go.Unscanned, otherwise: Refusals.InvalidSession);
                await grants.Add(sql, grant, device.IsTest);
                await audit.Approved(sql, approved, SeenOf(challenge, earlier, go), go.Unscanned ? "unscanned" : earlier!.Confirmation.ToString().ToLowerInvariant());
                return await refreshTokens.Issue(sql, grant.Id);
            }, ct);
            return (grant, token, null);
        }
        catch (OvertakenException late)
        {
            return (null, default, late.Refusal);
        }
    }

    private Ceremony Approved(QrChallenge challenge, Grant grant, DateTimeOffset now) => new()
    {
        Key = challenge.ClaimKey, Door = Door.Qr, State = CeremonyState.Approved, Handle = challenge.Text, ClientId = grant.ClientId,
        AccountId = grant.AccountId, DeviceId = grant.DeviceId, GrantId = grant.Id, MovedAt = now, ExpiresAt = challenge.ExpiresAt,

        // A documented screen asks again only at the expiry; one that listens comes at once.
        CollectUntil = (challenge.Method == NonceMethod.Plain ? challenge.ExpiresAt : now) + options.CollectLifetime,
        KeepUntil = challenge.ExpiresAt + options.ChallengeLifetime + Memory,
    };

    private Seen SeenOf(QrChallenge challenge, Ceremony? earlier, QrDecision.GoAhead go) =>
        (go.Unscanned ? null : Seen.Read(earlier?.Seen)) ?? new Seen(screens.Own(challenge)?.Screen ?? Screen.Unknown, null, FirstTime: false, []);

    private async Task<bool> IsOwnRepetition(QrChallenge challenge, Device device, CancellationToken ct) =>
        await ceremonies.Find(challenge.ClaimKey, ct) is { State: CeremonyState.Approved or CeremonyState.Collected } earlier && earlier.Handle == challenge.Text && earlier.DeviceId == device.Id;

    private static QrApproved.No No(Refusal refusal) => new(refusal);
}

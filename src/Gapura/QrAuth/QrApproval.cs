using Gapura.Devices;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Protocol.Signatures;
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
    QrChallenges challenges, PlatformRegister platforms, ISignatureVerifier verifier, DeviceRegister devices,
    Ceremonies ceremonies, Database database, Grants grants, RefreshTokens refreshTokens, Mint mint, QrAuthOptions options, TimeProvider time)
{
    // How long a used nonce stays burnt beyond the last moment its session ids could be shown.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    public async Task<QrApproved> Authenticate(string sessionId, string signature, string publicKey, string nonce, CancellationToken ct)
    {
        if (challenges.Read(sessionId) is not { } challenge || platforms.Active(challenge.ClientId) is null) return No(Refusals.InvalidSession);
        if (!DevicePublicKey.TryParse(publicKey, out var key)) return No(Refusals.InvalidRequest.Because("publicKey must be 130 hex digits beginning 04: an uncompressed point of secp256k1."));
        if (!verifier.VerifyText(key, sessionId, signature)) return No(Refusals.InvalidSignature);
        if (await devices.Active(key.Hex, ct) is not { } device) return No(Refusals.UnknownKey);

        // A challenge that is known to be used up is refused without a transaction: a replay writes nothing.
        var decided = ceremonies.MayHold(challenge.ClaimKey) ? (null, default, Refusals.InvalidSession) : await Decide(challenge, device, ct);
        if (decided.Refusal == Refusals.InvalidSession && await IsOwnRepetition(challenge, device, ct)) return No(Refusals.AlreadyAuthenticated);
        if (decided.Refusal is not null) return No(decided.Refusal);

        var accessToken = mint.AccessToken(decided.Grant!, token => token with { Nonce = nonce });
        return new QrApproved.Tokens(new AuthenticatedAnswer(new TokenPair(accessToken.Reveal(), decided.RefreshToken.Reveal())));
    }

    // One transaction: the challenge is used up, the grant stands, and the phone's refresh token exists, or none of it.
    private Task<(Grant? Grant, Secret RefreshToken, Refusal? Refusal)> Decide(QrChallenge challenge, Device device, CancellationToken ct) => database.Write(async sql =>
    {
        var now = time.GetUtcNow();
        var grant = new Grant
        {
            Id = PublicId.New(time), AccountId = device.AccountId, ClientId = challenge.ClientId, DeviceId = device.Id, Door = Door.Qr, GrantedAt = now,
        };
        if (!await devices.TryUse(sql, device.Id)) return ((Grant?)null, default(Secret), (Refusal?)Refusals.UnknownKey);
        if (!await ceremonies.TryAdd(sql, Approved(challenge, grant, now))) return (null, default, Refusals.InvalidSession);
        await grants.Add(sql, grant);
        return (grant, await refreshTokens.Issue(sql, grant.Id), null);
    }, ct);

    private Ceremony Approved(QrChallenge challenge, Grant grant, DateTimeOffset now) => new()
    {
        Key = challenge.ClaimKey, Door = Door.Qr, State = CeremonyState.Approved, Handle = challenge.Text, ClientId = grant.ClientId,
        AccountId = grant.AccountId, DeviceId = grant.DeviceId, GrantId = grant.Id, DecidedAt = now,

        // From the expiry, not from now: a documented screen asks again only then.
        CollectUntil = challenge.ExpiresAt + options.CollectLifetime, KeepUntil = challenge.ExpiresAt + options.ChallengeLifetime + Memory,
    };

    private async Task<bool> IsOwnRepetition(QrChallenge challenge, Device device, CancellationToken ct) =>
        await ceremonies.Find(challenge.ClaimKey, ct) is { } earlier && earlier.Handle == challenge.Text && earlier.DeviceId == device.Id;

    private static QrApproved.No No(Refusal refusal) => new(refusal);
}

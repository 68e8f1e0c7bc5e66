using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.QrAuth;

internal abstract record QrCollected
{
    /// <summary>Nobody has decided anything under this nonce.</summary>
    internal sealed record NothingYet : QrCollected;

    internal sealed record Tokens(CollectedAnswer Answer) : QrCollected;

    internal sealed record No(Refusal Refusal) : QrCollected;
}

/// <summary>The waiting screen's claim, delivered once, burnt after: by the same nonce again, or by the verifier behind it.</summary>
internal sealed class QrCollect(QrChallenges challenges, PlatformRegister platforms, Ceremonies ceremonies, Database database, Grants grants, RefreshTokens refreshTokens, Mint mint)
{
    private static readonly QrCollected Nothing = new QrCollected.NothingYet();

    /// <summary>The documented way: whoever opened asks again. A claim that needs a verifier is told at most that it is over.</summary>
    public async Task<QrCollected> ByNonce(IReadOnlyList<BrowserClaim> claims, string nonce, CancellationToken ct)
    {
        foreach (var one in claims)
        {
            var claim = one.StoredUnder;
            if (!ceremonies.MayHold(claim)) continue;
            var known = await ceremonies.Find(claim, ct);
            if (known?.State is CeremonyState.Scanned or CeremonyState.Denied) return Nothing;
            return known is not null && one.Method == NonceMethod.Plain ? await Collect(known, nonce, ct) : No(Refusals.NonceSpent);
        }

        return Nothing;
    }

    public async Task<QrCollected> ByVerifier(string sessionId, string verifier, CancellationToken ct)
    {
        if (challenges.ReadFor(sessionId, verifier) is not { } challenge || platforms.AtDoors(challenge.ClientId) is null) return No(Refusals.InvalidSession);
        return await ceremonies.Known(challenge.ClaimKey, ct) switch
        {
            null or { State: CeremonyState.Scanned } => No(Refusals.NotApproved),
            { State: CeremonyState.Denied } => No(Refusals.SignInDenied),
            var known => await Collect(known, Verifier.NonceOf(verifier), ct),
        };
    }

    private async Task<QrCollected> Collect(Ceremony known, string nonce, CancellationToken ct)
    {
        // A grant that was revoked between the approval and now is not handed out.
        if (known.State != CeremonyState.Approved || await grants.Standing(known.GrantId, ct) is not { } grant) return No(Refusals.NonceSpent);
        try
        {
            var refreshToken = await database.Write(async sql =>
            {
                await ceremonies.Take(sql, known, Refusals.NonceSpent);
                return await refreshTokens.Issue(sql, grant.Id);
            }, ct);
            var accessToken = mint.AccessToken(grant, token => token with { Nonce = nonce });
            return new QrCollected.Tokens(new CollectedAnswer(accessToken.Reveal(), refreshToken.Reveal(), mint.AccessTokenSeconds));
        }
        catch (OvertakenException late)
        {
            return No(late.Refusal);
        }
    }

    private static QrCollected.No No(Refusal refusal) => new(refusal);
}

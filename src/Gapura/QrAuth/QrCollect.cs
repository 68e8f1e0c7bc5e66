using Gapura.Kernel;
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

/// <summary>The waiting screen's claim: the same clientId and nonce again, delivered once, burnt after.</summary>
internal sealed class QrCollect(QrChallenges challenges, Ceremonies ceremonies, Database database, Grants grants, RefreshTokens refreshTokens, Mint mint)
{
    private static readonly QrCollected Nothing = new QrCollected.NothingYet();

    public async Task<QrCollected> TryCollect(string clientId, string nonce, CancellationToken ct)
    {
        foreach (var claim in challenges.Claims(clientId, nonce))
            if (ceremonies.MayHold(claim)) return await Collect(claim, nonce, ct);
        return Nothing;
    }

    private async Task<QrCollected> Collect(string claim, string nonce, CancellationToken ct)
    {
        var taken = await database.Write(async sql =>
        {
            // A grant that was revoked between the approval and now is not handed out.
            if (await ceremonies.Take(sql, claim) is not { } ceremony || await grants.Standing(sql, ceremony.GrantId) is not { } grant) return null;
            return new Taken(grant, await refreshTokens.Issue(sql, grant.Id));
        }, ct);
        if (taken is null) return new QrCollected.No(Refusals.NonceSpent);

        var accessToken = mint.AccessToken(taken.Grant, token => token with { Nonce = nonce });
        return new QrCollected.Tokens(new CollectedAnswer(accessToken.Reveal(), taken.RefreshToken.Reveal(), mint.AccessTokenSeconds));
    }

    private sealed record Taken(Grant Grant, Secret RefreshToken);
}

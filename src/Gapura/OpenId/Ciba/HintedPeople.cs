using Gapura.Accounts;
using Gapura.Platforms;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.OpenId.Ciba;

/// <summary>
/// Whom a hint means. One query for everybody: that there is such a person, that they are let in and that they have a phone
/// cannot be told apart, by answer or by time.
/// </summary>
internal sealed class HintedPeople(Database database, Mint mint, Subjects subjects)
{
    /// <returns>The account's id; null where no phone could be asked, or the person may not sign in to this platform.</returns>
    public Task<string?> ByUsername(string hint, Platform platform, CancellationToken ct)
    {
        // What is no user name is not looked for: PostgreSQL faults on a NUL or a lone surrogate.
        var username = Account.Normalise(hint);
        if (!Account.IsUsername(username)) username = "";
        return Asked("username", username, platform, ct);
    }

    /// <summary>An ID token that we gave this very platform, expired or not.</summary>
    /// <returns>False for anything else; the account's id, or null where no phone could be asked.</returns>
    public async Task<(bool IsOurs, string? AccountId)> ByIdToken(string hint, Platform platform, CancellationToken ct)
    {
        if (mint.ReadIdToken(hint) is not { } token || token.ClientId != platform.ClientId) return (false, null);
        if (platform.Client.SubjectType != "pairwise") return (true, await Asked("id", token.Subject, platform, ct));

        // What a sector calls people leads back to nobody: whoever agreed to this platform is compared.
        var known = await database.Read(sql => sql.Rows<string>("SELECT DISTINCT account_id FROM consents WHERE client_id = @ClientId", new { platform.ClientId }), ct);
        return (true, known.FirstOrDefault(id => subjects.Of(id, platform) == token.Subject) is { } found ? await Asked("id", found, platform, ct) : null);
    }

    private Task<string?> Asked(string column, string value, Platform platform, CancellationToken ct) => database.Read(sql => sql.Value<string>($"""
        SELECT a.id FROM accounts a
        WHERE a.{column} = @value AND a.disabled_at IS NULL AND a.test = @test AND EXISTS (SELECT 1 FROM devices d WHERE d.account_id = a.id AND d.revoked_at IS NULL)
        """, new { value, test = platform.IsSandbox ? 1L : 0L }), ct);
}

using Gapura.Accounts;
using Gapura.Storage;

namespace Gapura.OpenId.Ciba;

/// <summary>
/// Whom a hint means. One query for everybody: that there is such a person, that they are let in and that they have a phone
/// cannot be told apart, by answer or by time.
/// </summary>
internal sealed class HintedPeople(Database database)
{
    /// <returns>The account's id; null where no phone could be asked.</returns>
    public async Task<string?> ByUsername(string hint, CancellationToken ct)
    {
        // What is no user name is not looked for: PostgreSQL faults on a NUL or a lone surrogate.
        var username = Account.Normalise(hint);
        if (!Account.IsUsername(username)) username = "";
        return await database.Read(sql => sql.Value<string>("""
            SELECT a.id FROM accounts a
            WHERE a.username = @username AND a.disabled_at IS NULL AND EXISTS (SELECT 1 FROM devices d WHERE d.account_id = a.id AND d.revoked_at IS NULL)
            """, new { username }), ct);
    }
}

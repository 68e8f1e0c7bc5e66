using Gapura.Accounts;

namespace Gapura.OpenId.Inspection;

/// <summary>What is told of a person, claim by claim (OpenID Connect Core 1.0 section 5.1, and <c>npwp</c>), and the note of it where it must be noted.</summary>
internal sealed class ReleasedClaims(NpwpReleases releases)
{
    private static readonly (string Name, Func<Account, string?> Value)[] All =
    [
        ("name", account => account.Name.Length > 0 ? account.Name : null),
        ("preferred_username", account => account.Username),
        ("email", account => account.Email),
        ("phone_number", account => account.Phone),
        ("npwp", account => account.Npwp),
    ];

    /// <summary>The claims of a scope (section 5.4) and those that were asked for one by one.</summary>
    public static IReadOnlyList<string> Names(string scope, IReadOnlyList<string> single) => scope.Length == 0 && single.Count == 0 ? [] :
        [.. All.Select(claim => claim.Name).Where(name => single.Contains(name) || Scopes.Has(scope, Scopes.OfClaim(name)!))];

    /// <param name="names">In any order; the answer is in ours.</param>
    /// <returns>Those the person has; a tax number among them is written down before it is told.</returns>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> Of(Account account, string clientId, IReadOnlyList<string> names, NpwpWay way, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> told = [.. All.Where(claim => names.Contains(claim.Name)).Select(claim => (claim.Name, Value: claim.Value(account))).Where(claim => claim.Value is not null).Select(claim => KeyValuePair.Create(claim.Name, claim.Value!))];
        if (told.Any(claim => claim.Key == "npwp")) await releases.Note(account, clientId, way, ct);
        return told;
    }
}

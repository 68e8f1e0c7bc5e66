namespace Gapura.OpenId;

/// <summary>What a platform may ask to know or to do (OpenID Connect Core 1.0 section 5.4), and <c>npwp</c>, ours: the tax number.</summary>
internal static class Scopes
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Npwp = "npwp";
    public const string OfflineAccess = "offline_access";

    public static IReadOnlyList<string> All { get; } = [OpenId, Profile, Email, Phone, Npwp, OfflineAccess];

    /// <summary>Those we know, each once, in our own order. What we do not know is passed over (section 3.1.2.1).</summary>
    public static IReadOnlyList<string> Read(string? text)
    {
        var asked = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. All.Where(asked.Contains)];
    }

    /// <summary>What is left of a scope when a client asks for less (RFC 6749 section 6); more than there was is passed over.</summary>
    public static string Narrowed(string scope, string? asked) =>
        asked is null ? scope : string.Join(' ', scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Intersect(asked.Split(' ')));

    /// <summary>Who asks with <c>openid</c> says <c>offline_access</c> for it; the documented flow beside QRAuth gives one to every backend.</summary>
    public static bool GivesRefreshToken(string scope, bool isAuthenticated) => Has(scope, OpenId) ? Has(scope, OfflineAccess) : isAuthenticated || Has(scope, OfflineAccess);

    /// <summary>The scope that stands for a claim (section 5.4); null for a claim that is not ours to give.</summary>
    public static string? OfClaim(string claim) => claim switch
    {
        "name" or "preferred_username" => Profile,
        "email" => Email,
        "phone_number" => Phone,
        "npwp" => Npwp,
        _ => null,
    };

    public static bool Has(string scope, string word) => scope.Split(' ').Contains(word);
}

using Gapura.Platforms;

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

    /// <summary>Name, email address and picture, at <c>/v1/user/me</c>.</summary>
    public const string BasicInfo = "basic_info";

    /// <summary>To set the picture.</summary>
    public const string UpdateBasicInfo = "update_basic_info";

    /// <summary>To see, add and delete the keys that sign in as the person.</summary>
    public const string KeysOp = "keys_op";

    // The pages beside QRAuth know these four, and "phone" is in both worlds.
    private static readonly string[] Documented = [BasicInfo, Phone, KeysOp, UpdateBasicInfo];

    public static IReadOnlyList<string> All { get; } = [OpenId, Profile, Email, Phone, Npwp, OfflineAccess, BasicInfo, UpdateBasicInfo, KeysOp];

    /// <summary>Those we know, each once, in our own order. What we do not know is passed over (section 3.1.2.1).</summary>
    public static IReadOnlyList<string> Read(string? text)
    {
        var asked = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. All.Where(asked.Contains)];
    }

    /// <summary>Whether a platform may ask for <see cref="KeysOp"/>: one that an operator registered, or that registered itself and was given it by an operator.</summary>
    public static bool MayAskForKeys(ClientSettings client) => client.RegistrationTokenHash is null || Has(client.Scope ?? "", KeysOp);

    /// <summary>
    /// Those that may be asked for on another screen than the person's own. Not the keys that sign in as them: a yes to a code
    /// or to a telephone call can be talked out of somebody, and that one would give the account away.
    /// </summary>
    public static IReadOnlyList<string> ReadFromAfar(string? text) => [.. Read(text).Where(word => word != KeysOp)];

    /// <summary>The same words in our own order, then whatever else there is.</summary>
    public static IReadOnlyList<string> InOrder(IReadOnlyCollection<string> words) => [.. All.Where(words.Contains), .. words.Where(w => w.Length > 0 && !All.Contains(w)).Order(StringComparer.Ordinal)];

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

    /// <summary>Whether it could have been given on the pages beside QRAuth: their words or none. Such a grant is answered for as they say.</summary>
    public static bool IsDocumented(string scope) => scope.Length == 0 || Words(scope).All(Documented.Contains);

    /// <summary>The words of a scope, each once.</summary>
    public static IReadOnlyList<string> Words(string? scope) => [.. (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    public static bool Has(string scope, string word)
    {
        foreach (var part in scope.AsSpan().Split(' '))
            if (scope.AsSpan()[part].SequenceEqual(word)) return true;
        return false;
    }
}

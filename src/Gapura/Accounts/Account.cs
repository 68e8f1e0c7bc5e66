namespace Gapura.Accounts;

/// <summary>A person we can sign in.</summary>
internal sealed record Account
{
    public required string Id { get; init; }

    /// <summary>Lower case; see <see cref="Normalise"/>.</summary>
    public required string Username { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>Indonesian tax number, 15 or 16 digits, leading zeros kept.</summary>
    public string? Npwp { get; init; }

    /// <summary>Nobody is this person: made for a sandbox, and let in to sandboxes alone.</summary>
    public bool IsTest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>One person types Coba, another coba: both mean the same account.</summary>
    public static string Normalise(string username) => username.Trim().Normalize().ToLowerInvariant();

    /// <summary>1 to 64 letters, digits and <c>. _ - @ +</c>, beginning with a letter or a digit.</summary>
    public static bool IsUsername(string username) =>
        username.Length is >= 1 and <= 64 && char.IsLetterOrDigit(username[0])
        && username.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+');

    /// <summary>15 digits, or 16 since 2024; a stored number carries no dots or dashes.</summary>
    public static bool IsNpwp(string npwp) => npwp.Length is 15 or 16 && npwp.All(char.IsAsciiDigit);

    /// <summary>E.164: a plus and 8 to 15 digits.</summary>
    public static bool IsPhone(string phone) => phone.Length is >= 9 and <= 16 && phone[0] == '+' && phone[1] != '0' && phone.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    public static bool IsEmail(string email) =>
        email.Length <= 254 && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && email.IndexOf('@') is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1;
}

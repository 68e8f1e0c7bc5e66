namespace Gapura.Sessions;

/// <summary>How a person proved to be there, in the words of RFC 8176 section 2.</summary>
internal static class SignInMethods
{
    public const string Password = "pwd";

    /// <summary>A key in software: a phone's.</summary>
    public const string SoftwareKey = "swk";

    /// <summary>Somebody was there and said yes.</summary>
    public const string User = "user";

    /// <summary>Two proofs of different kinds.</summary>
    public const string Several = "mfa";

    /// <param name="deviceId">The phone that did it; null for a password.</param>
    public static IReadOnlyList<string> Of(string? deviceId) => deviceId is null ? [Password] : [SoftwareKey, User];

    public static IReadOnlyList<string> Together(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        var all = before.Union(now).Except([Several]).ToList();
        return all.Contains(Password) && all.Contains(SoftwareKey) ? [.. all, Several] : all;
    }
}

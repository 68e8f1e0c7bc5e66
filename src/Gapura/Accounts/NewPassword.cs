using System.Reflection;
using System.Text;
using Gapura.Kernel;

namespace Gapura.Accounts;

/// <summary>
/// The rule for a password somebody chooses (NIST SP 800-63B section 5.1.1.2): length and a list of those that are
/// guessed first, and no rule about kinds of characters, which only makes passwords alike.
/// </summary>
internal static class NewPassword
{
    /// <summary>Characters as a person counts them: Unicode scalar values.</summary>
    public const int Shortest = 8;

    /// <summary>UTF-16 units. Longer texts only burn time; no person's password is near it.</summary>
    public const int Longest = 1024;

    private const string Lists = "Gapura.Accounts.CommonPasswords.";

    /// <param name="username">As typed or normalised.</param>
    /// <returns>Null when the password may be used.</returns>
    public static Refusal? Refuse(string password, string username)
    {
        if (password.EnumerateRunes().Count() < Shortest) return Refusals.PasswordTooShort;
        if (password.Length > Longest) return Refusals.PasswordTooLong;
        return IsGuessedFirst(password.ToLowerInvariant(), Account.Normalise(username)) ? Refusals.PasswordTooCommon : null;
    }

    private static bool IsGuessedFirst(string password, string username) =>
        password == username
        || password.All(c => c == password[0])
        || (username.Length >= 4 && password.StartsWith(username, StringComparison.Ordinal) && password.AsSpan(username.Length).IndexOfAnyExceptInRange('0', '9') < 0)
        || CommonOnes().Contains(password, StringComparer.Ordinal);

    // Read anew each time: a password is chosen rarely, and 11,000 texts need not lie in memory until then.
    private static IEnumerable<string> CommonOnes()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var list in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Lists, StringComparison.Ordinal)))
        {
            using var lines = new StreamReader(assembly.GetManifestResourceStream(list)!, Encoding.UTF8);
            while (lines.ReadLine() is { } line) yield return line;
        }
    }
}

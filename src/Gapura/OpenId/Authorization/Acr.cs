using Gapura.Sessions;

namespace Gapura.OpenId.Authorization;

/// <summary>How strongly somebody signed in, in one word (<c>acr</c>, OpenID Connect Core 1.0 section 2), from the weakest to the strongest.</summary>
internal static class Acr
{
    public const string Password = "urn:gapura:acr:password";

    /// <summary>An enrolled phone signed.</summary>
    public const string Phone = "urn:gapura:acr:phone";

    /// <summary>The password and an enrolled phone.</summary>
    public const string Both = "urn:gapura:acr:both";

    public static IReadOnlyList<string> All { get; } = [Password, Phone, Both];

    public static string Of(IReadOnlyList<string> methods) =>
        methods.Contains(SignInMethods.Several) ? Both : methods.Contains(SignInMethods.SoftwareKey) ? Phone : Password;

    /// <summary>What to call a sign-in that was asked for in these words: the strongest of them it reaches.</summary>
    /// <param name="asked">Words we do not know are passed over; with none left, anything will do.</param>
    /// <returns>Null when it reaches none of them.</returns>
    public static string? Reached(IReadOnlyList<string> methods, IReadOnlyList<string> asked)
    {
        var level = Level(Of(methods));
        var known = asked.Where(All.Contains).ToList();
        return known.Count == 0 ? Of(methods) : known.Where(word => Level(word) <= level).MaxBy(Level);
    }

    private static int Level(string word) => word switch { Both => 3, Phone => 2, _ => 1 };
}

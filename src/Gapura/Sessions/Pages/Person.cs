namespace Gapura.Sessions.Pages;

/// <summary>A signed-in person, as far as a page shows them.</summary>
/// <param name="Name">As written in the account; may be empty, then the user name stands in.</param>
/// <param name="Username">What they sign in with.</param>
public sealed record Person(string Name, string Username)
{
    internal string Called => string.IsNullOrWhiteSpace(Name) ? Username : Name;

    /// <summary>First letter of the name, in upper case: a whole character, not half of a surrogate pair.</summary>
    internal string Initial => Called.TrimStart() is { Length: > 0 } called
        ? called.EnumerateRunes().First().ToString().ToUpperInvariant()
        : "?";
}

namespace Gapura.Hosting.Commands.Doctor;

/// <summary>One line of the doctor's report.</summary>
/// <param name="Mend">What to do; null when all is well.</param>
internal sealed record Finding(string What, Health State, string Sentence, string? Mend)
{
    public static Finding Ok(string what, string sentence) => new(what, Health.Ok, sentence, null);

    public static Finding Warning(string what, string sentence, string mend) => new(what, Health.Warning, sentence, mend);

    public static Finding Problem(string what, string sentence, string mend) => new(what, Health.Problem, sentence, mend);
}

/// <summary>Warning: it works, and could be safer or faster. Problem: it does not work, or somebody could break in.</summary>
internal enum Health
{
    Ok,
    Warning,
    Problem,
}

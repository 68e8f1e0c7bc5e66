namespace Gapura.Kernel;

/// <summary>A "no" the caller may read. Faults are exceptions; refusals are values.</summary>
/// <param name="Code">Stable, lower-case, never reused: what a program tests.</param>
/// <param name="Status">HTTP status it travels with.</param>
/// <param name="English">One sentence for a person or a log; also the documented wire sentence where there is one.</param>
/// <param name="Bahasa">The same sentence in Bahasa Indonesia.</param>
/// <param name="Mend">What the reader of the error table does about it.</param>
internal sealed record Refusal(string Code, int Status, string English, string Bahasa, string Mend)
{
    public string In(Language language) => language == Language.English ? English : Bahasa;

    /// <summary>The same refusal with a sentence that names the offending parameter. The code stays.</summary>
    public Refusal Because(string english) => this with { English = english };
}

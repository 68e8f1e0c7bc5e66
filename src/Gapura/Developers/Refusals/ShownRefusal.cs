using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.Developers.Refusals;

/// <summary>A refused request as the page shows it, in the reader's language.</summary>
/// <param name="Answered">The sentence as it was sent, in English, where it says more than <paramref name="Sentence"/>; else null.</param>
/// <param name="Why">What the answer kept to itself; null for nothing.</param>
/// <param name="Parameter">The one that is wrong; null where none is named.</param>
/// <param name="Parameters">Names of those that came; empty for none.</param>
public sealed record ShownRefusal(
    DateTimeOffset At, int Times, string Method, string Path, int Status, string Code, string Sentence, string? Answered, string? Why, string Mend,
    string? Parameter, string Parameters, string? Origin, string Trace, bool IsProved, bool IsNamed)
{
    internal static ShownRefusal Of(RefusedRequest r, Language language)
    {
        var sentence = Mends.SentenceOf(r, language);
        return new ShownRefusal(
            r.At, r.Times, r.Method, r.Path, r.Status, r.Code, sentence, sentence == r.Sentence ? null : r.Sentence, Mends.WhyOf(r, language), Mends.MendOf(r, language),
            ParameterNames.In(r.Sentence), r.Parameters, r.Origin, r.Trace, r.Proof == RefusedProof.Key, r.Proof == RefusedProof.Named);
    }
}

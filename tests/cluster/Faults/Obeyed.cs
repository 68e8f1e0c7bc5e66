using System.Diagnostics;

namespace Gapura.Cluster.Faults;

internal enum Said
{
    Yes,
    No,

    /// <summary>503 with Retry-After.</summary>
    CannotKnow,
    Nothing,
    Wrong,
}

/// <param name="At">When it was asked for.</param>
internal sealed record Answer(long At, Said Said, string Heard);

/// <summary>How one node came to obey one revocation.</summary>
/// <param name="After">From the moment the revocation was acknowledged until the last question that was still answered yes.</param>
internal sealed record Obeyed(string What, string Node, int Asked, int Accepted, int Refused, int Unanswered, TimeSpan After, IReadOnlyList<string> Broken)
{
    // The promise.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static Obeyed From(string what, string node, IReadOnlyList<Answer> answers, long revokedAt)
    {
        var last = answers.Where(a => a.Said == Said.Yes).Select(a => a.At).DefaultIfEmpty(revokedAt).Max();
        var after = last > revokedAt ? Stopwatch.GetElapsedTime(revokedAt, last) : TimeSpan.Zero;
        List<string> broken = [.. answers.Where(a => a.Said == Said.Wrong).GroupBy(a => a.Heard).Select(g => $"{what}, {node}, {g.Count()} times: {g.Key}")];
        if (after > Soon) broken.Add($"{what} was still accepted by {node} {after.TotalMilliseconds:0} ms after it was revoked");
        if (answers[^1].Said != Said.No) broken.Add($"{what} was not refused by {node} at the end: {answers[^1].Heard}");
        return new Obeyed(what, node, answers.Count, answers.Count(a => a.Said == Said.Yes), answers.Count(a => a.Said == Said.CannotKnow), answers.Count(a => a.Said == Said.Nothing), after, broken);
    }
}

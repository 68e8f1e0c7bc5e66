namespace Gapura.Hosting.Commands;

/// <summary>
/// A command says no. It has one reader and one way out; the exception carries the sentence there from any depth.
/// </summary>
internal sealed class RefusedException(string sentence) : Exception(sentence)
{
    /// <summary>The command line lacks something or contradicts itself, rather than asking for what cannot be.</summary>
    public bool IsUsage { get; init; }
}

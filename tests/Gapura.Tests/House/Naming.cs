namespace Gapura.Tests.House;

/// <summary>One place where a type names a type of another room.</summary>
/// <param name="From">Room of the one that names: the namespace's first part after the root.</param>
/// <param name="To">Room of the one that is named.</param>
/// <param name="By">Full name of the outermost type that names: what the compiler made of its lambdas and iterators counts as its own.</param>
/// <param name="Place">File, and line where there is one, from the debug symbols; null when they do not say.</param>
internal sealed record Naming(string From, string To, string By, string Named, string? Place)
{
    public override string ToString() => $"{Place ?? By}: {From} ({By}) names {To} ({Named})";
}

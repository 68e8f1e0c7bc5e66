namespace Gapura.Platforms;

/// <summary>The header names an API key may come in; the first one present counts.</summary>
/// <param name="Names">The configured one first, then those of sibling API families.</param>
internal sealed record ApiKeyHeaders(IReadOnlyList<string> Names)
{
    /// <returns>Null when none is there.</returns>
    public string? Read(HttpContext context)
    {
        foreach (var name in Names)
            if (context.Request.Headers[name].ToString() is { Length: > 0 } value) return value;
        return null;
    }
}
